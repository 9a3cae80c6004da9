import type Database from 'better-sqlite3'
import {z} from 'zod'

/** Rows that one step takes in when nobody waits. */
const step = 1_000

/** With fewer rows that wait, a step is not worth a transaction: a question looks through them as quickly. */
const worthwhile = 100

/**
 * So many rows may wait to be taken in: a question looks through all that wait. When there are more, the writer who makes them
 * so takes in as many.
 */
const mostWaiting = 16_000

/** One table that has the rows of another in an order of its own, and follows it. */
export type Following = {
  /** The table whose rows are taken in. */
  source: string
  /** Its column with a number that new rows have greater than all before; several rows may share one. */
  number: string
  /** The table that takes them in, in the order of its columns. */
  index: string
  /** Each of its columns, and what that is called in the source. */
  columns: {[column: string]: string}
  /** The table of one row that holds the number up to which rows are taken in. */
  progress: string
}

const numberRow = z.object({number: z.number()})

/**
 * An index that follows its table. Each new row belongs on another page of it: what is written is taken in together, sorted, a
 * little later. Up to a number the index has every row; whoever asks has to look through the rows of the table after it as well.
 */
export class FollowingIndex {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  /** How many rows wait, or more where something was taken back. */
  #waiting: number

  constructor(database: Database.Database, following: Following) {
    this.#database = database
    this.#statements = prepare(database, following)
    this.#waiting = this.#count()
  }

  /** The number up to which rows are taken in. */
  reach(): number {
    return numberRow.parse(this.#statements.reach.get()).number
  }

  /** Notes rows that were written after what is taken in. Part of the transaction that writes them. */
  note(rows: number): void {
    this.#waiting += rows
    if (this.#waiting > mostWaiting) this.#takeIn(mostWaiting)
  }

  /** Whether there is something worth taking in. */
  isBehind(): boolean {
    return this.#waiting >= worthwhile
  }

  /** Takes some of it in, as one transaction. */
  catchUp(): void {
    this.#database.transaction(() => this.#takeIn(step)).immediate()
  }

  /** Takes in the next rows: about so many, and all that share a number. */
  #takeIn(most: number): void {
    const from = this.reach()
    const next = this.#statements.next.get(from, most)
    const {number} = numberRow.parse(next ?? this.#statements.last.get())
    const to = next === undefined || number === from + 1 ? number : number - 1
    this.#statements.takeIn.run(from, to)
    this.#statements.advance.run(to)
    this.#waiting = this.#count()
  }

  #count(): number {
    return numberRow.parse(this.#statements.waiting.get()).number
  }
}

function prepare(database: Database.Database, following: Following) {
  const {source, number, index, progress} = following
  const columns = Object.values(following.columns).join(', ')
  const reach = reachOf(following)
  return {
    reach: database.prepare(`SELECT ${number} AS number FROM ${progress}`),
    waiting: database.prepare(
      `SELECT count(*) AS number FROM ${source} WHERE ${number} > ${reach}`,
    ),
    next: database.prepare(
      `SELECT ${number} AS number FROM ${source} WHERE ${number} > ? ORDER BY ${number} LIMIT 1 OFFSET ?`,
    ),
    last: database.prepare(
      `SELECT max(coalesce(max(${number}), 0), ${reach}) AS number FROM ${source}`,
    ),
    takeIn: database.prepare(
      `INSERT OR IGNORE INTO ${index} SELECT ${columns} FROM ${source} WHERE ${number} > ? AND ${number} <= ? ORDER BY ${columns}`,
    ),
    advance: database.prepare(`UPDATE ${progress} SET ${number} = ?`),
  }
}

/** The number up to which rows are taken in, as SQL. */
export function reachOf({number, progress}: Following): string {
  return `(SELECT ${number} FROM ${progress})`
}
