import type {Database} from 'better-sqlite3'
import {z} from 'zod'

/** Answers that are kept at most; then all are forgotten. */
const mostKept = 1000

const stamp = z.number()

/**
 * Answers to a question that every request asks, kept until anything is written to the database. SQLite's
 * `data_version` tells what other connections have committed, other processes' too, and `total_changes()` what this one
 * has written: neither reads a page, so that what was revoked anywhere still ends with the next request.
 */
export class UntilWritten<Answer> {
  readonly #look: (key: string) => Answer | undefined
  readonly #others: () => unknown
  readonly #own: () => unknown
  readonly #kept = new Map<string, Answer>()
  #stamps: readonly [others: number, own: number] = [-1, -1]

  /** `look` finds the answer; `undefined`, which anybody could ask for without end, is not kept. */
  constructor(database: Database, look: (key: string) => Answer | undefined) {
    const others = database.prepare('PRAGMA data_version').pluck()
    const own = database.prepare('SELECT total_changes()').pluck()
    this.#look = look
    this.#others = () => others.get()
    this.#own = () => own.get()
  }

  get(key: string): Answer | undefined {
    const others = stamp.parse(this.#others())
    const own = stamp.parse(this.#own())
    const [othersBefore, ownBefore] = this.#stamps
    if (others !== othersBefore || own !== ownBefore || this.#kept.size >= mostKept) {
      this.#kept.clear()
      this.#stamps = [others, own]
    }
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const answer = this.#look(key)
    if (answer !== undefined) this.#kept.set(key, answer)
    return answer
  }
}
