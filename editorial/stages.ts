import {stages} from '../schemas/objects/stages.ts'
import type {Stage} from './documents.ts'

/** What people call a stage. */
export function stageTitle(stage: Stage): string {
  return stages.find(({value}) => value === stage)?.title ?? stage
}

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
