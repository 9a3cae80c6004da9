import type {Database} from 'better-sqlite3'

import {writtenStamp} from './writtenStamp.ts'

/** Answers that are kept at most; then all are forgotten. */
const mostKept = 1000

/**
 * Answers to a question that every request asks, kept until anything is written to the database, by whichever process: what
 * was revoked anywhere still ends with the next request.
 */
export class UntilWritten<Answer> {
  readonly #look: (key: string) => Answer | undefined
  readonly #stamp: () => string
  readonly #kept = new Map<string, Answer>()
  #keptAt = ''

  /** `look` finds the answer; `undefined`, which anybody could ask for without end, is not kept. */
  constructor(database: Database, look: (key: string) => Answer | undefined) {
    this.#look = look
    this.#stamp = writtenStamp(database)
  }

  get(key: string): Answer | undefined {
    const now = this.#stamp()
    if (now !== this.#keptAt || this.#kept.size >= mostKept) {
      this.#kept.clear()
      this.#keptAt = now
    }
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const answer = this.#look(key)
    if (answer !== undefined) this.#kept.set(key, answer)
    return answer
  }
}
