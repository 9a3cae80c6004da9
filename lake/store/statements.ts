import type Database from 'better-sqlite3'

/** Prepared statements are kept for so many different texts; the one used longest ago goes first. */
const mostKept = 256

export type Values = readonly (string | number)[]

/** Prepared statements by their text. One that is being stepped through is not given out twice. */
export class Statements {
  /** Give rows as objects. */
  readonly #objects: Kept
  /** Give rows as arrays, for which SQLite's columns need no names. */
  readonly #arrays: Kept

  constructor(database: Database.Database) {
    this.#objects = new Kept((text) => database.prepare(text))
    this.#arrays = new Kept((text) => database.prepare(text).raw())
  }

  /** All rows of a question. */
  all(text: string, values: Values): unknown[] {
    return this.#objects.with(text, (statement) => statement.all(...values))
  }

  /** The first row of a question. */
  get(text: string, values: Values): unknown {
    return this.#objects.with(text, (statement) => statement.get(...values))
  }

  /** All rows of a question, each as an array of its columns. */
  arrays(text: string, values: Values): unknown[] {
    return this.#arrays.with(text, (statement) => statement.all(...values))
  }

  /** The one number that a question asks for. */
  number(text: string, values: Values): number {
    const row = this.#arrays.with(text, (statement) => statement.get(...values))
    const [found]: unknown[] = Array.isArray(row) ? row : []
    if (typeof found === 'number') return found
    throw new Error(`SQLite answered ${String(found)} instead of a number: ${text}`)
  }

  /** Rows one by one; whoever stops early must finish the iterator (`for … of` does). */
  iterate(text: string, values: Values): Generator<unknown> {
    return iterated(this.#objects, text, values)
  }

  /** The same, each as an array of its columns. */
  iterateArrays(text: string, values: Values): Generator<unknown> {
    return iterated(this.#arrays, text, values)
  }
}

function* iterated(kept: Kept, text: string, values: Values): Generator<unknown> {
  const statement = kept.take(text)
  try {
    yield* statement.iterate(...values)
  } finally {
    kept.giveBack(text, statement)
  }
}

class Kept {
  readonly #prepare: (text: string) => Database.Statement
  readonly #statements = new Map<string, Database.Statement>()

  constructor(prepare: (text: string) => Database.Statement) {
    this.#prepare = prepare
  }

  with<Answer>(text: string, use: (statement: Database.Statement) => Answer): Answer {
    const statement = this.take(text)
    const answer = use(statement)
    this.giveBack(text, statement)
    return answer
  }

  take(text: string): Database.Statement {
    const known = this.#statements.get(text)
    if (known === undefined) return this.#prepare(text)
    this.#statements.delete(text)
    return known
  }

  giveBack(text: string, statement: Database.Statement): void {
    this.#statements.set(text, statement)
    if (this.#statements.size <= mostKept) return
    const [oldest] = this.#statements.keys()
    if (oldest !== undefined) this.#statements.delete(oldest)
  }
}
