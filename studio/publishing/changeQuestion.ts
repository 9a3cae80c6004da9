import type {Article} from '../../editorial/documents.ts'
import {noteFrom} from '../../editorial/notes.ts'
import type {StoryAsRead} from './storyAsRead.ts'
import {errorsReason, type Settled} from './settled.ts'

/** The question as it stands: nothing is chosen until the editor chooses, but for the story's own toggle. */
export type Question = {kind: 'silentFix' | 'update' | undefined; note: string}

/**
 * The question when the story has been read: the toggle chooses "update", the changes draft the note. What the editor
 * has chosen or written by then stands.
 */
export function firstQuestion({draft, live}: StoryAsRead, asked: Question): Question {
  const note = asked.note || (draft && live ? noteFrom(draft, live) : '')
  return {kind: asked.kind ?? (draft?.update && !live?.update ? 'update' : undefined), note}
}

/** The number that the next update would carry. */
export function nextUpdateNumber(live: Article | undefined): number {
  return (live?.updates ?? []).reduce((highest, {number}) => Math.max(highest, number), 0) + 1
}

/** Why the change cannot be published yet; undefined when it can. */
export function confirmReason({
  settled,
  asRead,
  question,
}: {
  settled: Settled
  asRead: StoryAsRead | undefined
  question: Question
}): string | undefined {
  if (!settled.validated) return 'Saving and checking your last changes …'
  const errors = errorsReason(settled.errors)
  if (errors !== undefined) return errors
  if (asRead === undefined) return 'Reading the story …'
  if (question.kind === undefined) return 'Choose what kind of change this is.'
  if (question.kind === 'update' && question.note.trim() === '') return 'Say what is new.'
  return undefined
}
