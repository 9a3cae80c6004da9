import {labelOf, labelText, type LabelledArticle} from '../../editorial/labels.ts'
import {latest} from '../../editorial/time.ts'
import {stageOf, stageTitle} from '../../editorial/stages.ts'
import type {DeskRow, RowContent} from '../../queries/desk.ts'
import {previewLine} from '../../schemas/previews.ts'
import type {NewsroomClock} from './newsroomClock.ts'

/** What a story's row says: the words that its author reads, and what its readers see over them. */
export type StoryLine = {
  headline: string
  /** Label, stage and author, joined by middle dots. */
  line: string
  /** When the version that is shown was last changed, or for a live story without a draft, was news. */
  at: string | undefined
}

/** The line of a story on the desk, at the clock's time. */
export function storyLine(row: DeskRow, clock: NewsroomClock): StoryLine {
  const {id, draft, live, state} = row
  const shown = draft ?? live
  return {
    headline: shown?.headline ?? 'Story without a headline',
    line: previewLine(
      live && labelWords({...live, _id: id}, clock),
      stageTitle(stageOf(state, live)),
      state?.change === 'review' && 'Change in review',
      live && draft && !state?.change && 'Change being written',
      shown && authorsOf(shown),
    ),
    at: timeOf(row),
  }
}

/** The label that readers see over a live story, in words; a topic is no news to the desk. */
export function labelWords(article: LabelledArticle, clock: NewsroomClock): string | undefined {
  const {leases, now, updateLabelHours} = clock
  const label = labelOf({article, leases, now, settings: {updateLabelHours}})
  return label.kind === 'topic' || label.kind === 'none' ? undefined : labelText(label)
}

/** "Olga Petrova", "Olga Petrova and Ann Alder", "Olga Petrova and 3 others". */
export function authorsOf({authors, byline}: Pick<RowContent, 'authors' | 'byline'>) {
  const [first, second] = authors
  if (first === undefined) return byline
  if (second === undefined) return first
  return authors.length === 2
    ? `${first} and ${second}`
    : `${first} and ${authors.length - 1} others`
}

function timeOf({draft, live}: DeskRow): string | undefined {
  if (draft) return draft._updatedAt
  if (!live) return undefined
  return latest(live.firstPublishedAt ?? live._updatedAt, live.updates.at(-1)?.at)
}
