import {stages, type Stage} from './documents.ts'

/** What people call the stages. */
export const stageTitles: Record<Stage, string> = {
  draft: 'Draft',
  review: 'In review',
  returned: 'Returned',
  approved: 'Approved',
  scheduled: 'Scheduled',
  live: 'Live',
  killed: 'Killed',
}

/** The stages at which readers find something at the story's address: its text, or the notice of a kill. */
export const publishedStages: readonly Stage[] = ['live', 'killed']

/** The stages at which nothing of the story is before readers. */
export const privateStages: readonly Stage[] = stages.filter(
  (stage) => !publishedStages.includes(stage),
)

/**
 * Where a story stands. Without a state document, or with one that speaks of a page that is not there
 * (published or unpublished by other means), what readers see decides: `live` when a published version
 * exists, else `draft`. A killed story stays killed with or without its notice.
 */
export function stageOf(
  state: {stage: Stage} | null | undefined,
  published: boolean | object | null | undefined,
): Stage {
  const stage = state?.stage
  if (published) return stage === 'killed' ? 'killed' : 'live'
  return stage === undefined || stage === 'live' ? 'draft' : stage
}
