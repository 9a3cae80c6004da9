import type {z} from 'zod'

import type {importQuestion} from '../../editorial/documents.ts'

/** What the importer would ask an editor, and what it assumed meanwhile. */
export type Question = z.infer<typeof importQuestion>

/** What a question is about; with the line it makes the question's `_key`, the same on every import. */
export type Topic =
  | 'alt'
  | 'byline'
  | 'caption'
  | 'heading'
  | 'headline'
  | 'joiners'
  | 'label'
  | 'language'
  | 'no-text'
  | 'other-stories'
  | 'player'
  | 'promo'
  | 'published-at'
  | 'quotation'
  | 'section-label'
  | 'standfirst'
  | 'truncated'
  | 'unfinished'
  | 'update'
  | 'address'

/** Makes a question about a line (0: about the whole capture). */
export function ask(topic: Topic, line: number, question: string, assumed: string): Question {
  return {_type: 'importQuestion', _key: `${topic}-${line}`, question, assumed}
}

/** A line's text for a question, cut to 60 characters. */
export function quoted(text: string): string {
  const characters = [...text]
  return `“${characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : text}”`
}
