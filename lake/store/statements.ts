import type Database from 'better-sqlite3'

/** Prepared statements are kept for so many different texts; the one used longest ago goes first. */
const mostKept = 256

/** Prepared statements by their text. One that is being stepped through is not given out twice. */
export class Statements {
  readonly #database: Database.Database
  readonly #kept = new Map<string, Database.Statement>()

  constructor(database: Database.Database) {
    this.#database = database
  }

  /** All rows of a question. */
  all(text: string, values: readonly (string | number)[]): unknown[] {
    return this.#take(text, (statement) => statement.all(...values))
  }

  /** The first row of a question. */
  get(text: string, values: readonly (string | number)[]): unknown {
    return this.#take(text, (statement) => statement.get(...values))
  }

  /** Rows one by one; whoever stops early must finish the iterator (`for … of` does). */
  *iterate(text: string, values: readonly (string | number)[]): Generator<unknown> {
    const statement = this.#kept.get(text) ?? this.#database.prepare(text)
    this.#kept.delete(text)
    try {
      yield* statement.iterate(...values)
    } finally {
      this.#keep(text, statement)
    }
  }

  #take<Answer>(text: string, use: (statement: Database.Statement) => Answer): Answer {
    const statement = this.#kept.get(text) ?? this.#database.prepare(text)
    this.#kept.delete(text)
    const answer = use(statement)
    this.#keep(text, statement)
    return answer
  }

  #keep(text: string, statement: Database.Statement): void {
    this.#kept.set(text, statement)
    if (this.#kept.size <= mostKept) return
    const [oldest] = this.#kept.keys()
    if (oldest !== undefined) this.#kept.delete(oldest)
  }
}
