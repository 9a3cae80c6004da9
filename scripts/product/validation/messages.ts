import type {LakeDocument} from '../../../lake/documents/document.ts'

/** A document to validate, and what the thread asks meanwhile; numbers tell questions apart. */
export type ToThread =
  | {validate: LakeDocument; number: number}
  | {answer: unknown; to: number}
  | {noAnswer: string; to: number}

export type FromThread =
  | {found: readonly FoundError[]; number: number}
  | {failed: string; number: number}
  | {ask: string; params: {[name: string]: unknown}; of: number; question: number}

/** An error at a field: what it is, as a sentence that names the field. `place` tells it from another one. */
export type FoundError = {place: string; sentence: string}
