import {labelText} from '../../editorial/labels.ts'
import type {Article} from '../../editorial/documents.ts'
import {noteFrom} from '../../editorial/notes.ts'
import type {ChangeAnswer} from '../../editorial/publicationFields.ts'
import type {StoryAsRead} from './storyAsRead.ts'

export type KindOfChange = ChangeAnswer['kind']

/**
 * The question as it stands: nothing is chosen until the editor chooses, but for the story's own toggle. What is
 * written for one kind stays when the editor looks at another.
 */
export type Question = {
  kind: KindOfChange | undefined
  note: string
  correction: string
  clarification: string
}

export const unasked: Question = {kind: undefined, note: '', correction: '', clarification: ''}

/** The kinds in the dialog's order, from what readers notice least. */
export const kindsOfChange = ['silentFix', 'update', 'correction', 'clarification'] as const

/** What people read about each kind. */
export const changeWords: Record<
  KindOfChange,
  {title: string; done: string; text?: {label: string; help: string}}
> = {
  silentFix: {
    title: 'Silent fix',
    done: 'Published. Readers see the new text; the label is as it was.',
  },
  update: {
    title: 'Update',
    done: 'Published as an update. Readers see the label and your note.',
    text: {
      label: 'What is new?',
      help: 'Drafted from what you changed. Readers see it in the story’s list of updates, so make it a sentence for them.',
    },
  },
  correction: {
    title: 'Correction',
    done: 'Published as a correction. Readers see it in a box over the text.',
    text: {
      label: 'What was wrong, and what is right?',
      help: 'Readers see it in a box on the story, with the time. It stays there.',
    },
  },
  clarification: {
    title: 'Clarification',
    done: 'Published as a clarification. Readers see it in a box under the text.',
    text: {
      label: 'What is clearer now?',
      help: 'Readers see it in a box on the story, with the time. It stays there.',
    },
  },
}

/** What readers get from each kind of change to a story. */
export function consequenceOf(kind: KindOfChange, live: Article | undefined): string {
  switch (kind) {
    case 'silentFix':
      return 'A typing error or the like. Readers see the new text and nothing else; feeds and partners hear of nothing.'
    case 'update': {
      const label = labelText({kind: 'update', number: nextUpdateNumber(live)})
      return `Something is new. Readers see “${label}” over the headline, the time, and your note in the list of updates.`
    }
    case 'correction':
      return 'Something was wrong. For a day “Correction” stands over the headline and the box over the text; then the box moves to its foot.'
    case 'clarification':
      return 'Nothing was wrong, but something could be misunderstood. For a day “Clarification” stands over the headline; the box stands under the text.'
    default:
      return kind satisfies never
  }
}

/**
 * The question when the story has been read: the toggle chooses "update", the changes draft the note. What the editor
 * has chosen or written by then stands.
 */
export function firstQuestion({draft, live}: StoryAsRead, asked: Question): Question {
  const note = asked.note || (draft && live ? noteFrom(draft, live) : '')
  return {
    ...asked,
    note,
    kind: asked.kind ?? (draft?.update && !live?.update ? 'update' : undefined),
  }
}

/** The text that the chosen kind asks for; undefined when it asks for none. */
export function textOf({kind, note, correction, clarification}: Question): string | undefined {
  if (kind === 'update') return note
  if (kind === 'correction') return correction
  return kind === 'clarification' ? clarification : undefined
}

/** The question with another text for the chosen kind. */
export function withText(question: Question, text: string): Question {
  if (question.kind === 'update') return {...question, note: text}
  if (question.kind === 'correction') return {...question, correction: text}
  return question.kind === 'clarification' ? {...question, clarification: text} : question
}

/** The answer for the rules, with `missing` where a text was not written yet; undefined until a kind is chosen. */
export function answerOf(question: Question, missing = ''): ChangeAnswer | undefined {
  const {kind} = question
  if (kind === undefined || kind === 'silentFix') return kind && {kind}
  const text = textOf(question)?.trim() || missing
  return kind === 'update' ? {kind, note: text} : {kind, text}
}

/** The number that the next update would carry. */
export function nextUpdateNumber(live: Article | undefined): number {
  return (live?.updates ?? []).reduce((highest, {number}) => Math.max(highest, number), 0) + 1
}

/**
 * Why the change cannot be published yet; undefined when it can. `refusal` is what the rules say against it. What was
 * read was saved and checked: being checked again, as when word of a reference comes late, makes nobody wait.
 */
export function confirmReason({
  validated,
  refusal,
  asRead,
  question,
}: {
  validated: boolean
  refusal: string | undefined
  asRead: StoryAsRead | undefined
  question: Question
}): string | undefined {
  if (!validated && asRead === undefined) return 'Saving and checking your last changes …'
  if (refusal !== undefined) return refusal
  if (asRead === undefined) return 'Reading the story …'
  if (question.kind === undefined) return 'Choose what kind of change this is.'
  if (textOf(question)?.trim() !== '') return undefined
  return question.kind === 'update' ? 'Say what is new.' : `Write the ${question.kind}.`
}
