import type Database from 'better-sqlite3'
import {z} from 'zod'

import {accountsMigrations} from './accountsMigrations.ts'
import {damageOf, openReadOnly} from './readOnlyDatabase.ts'

const userRow = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  role: z.string(),
  revokedAt: z.string().nullable(),
  tokens: z.number(),
  sessions: z.number(),
})

/** A user with how many tokens speak for it and how many sessions it has. */
export type UserRow = z.infer<typeof userRow>

const nameRow = z.object({name: z.string()})

/** `lake.sqlite` as somebody sees it who trusts nothing in it: one moment, read only. */
export class AccountsInspection {
  readonly #database: Database.Database

  /** Throws `UnreadableFile`. */
  constructor(file: string) {
    this.#database = openReadOnly(file, accountsMigrations)
  }

  /** What SQLite finds wrong with the file. Throws `UnreadableFile`. */
  damage(): string[] {
    return damageOf(this.#database)
  }

  /** Everybody who ever was a user, also those whose access has ended. */
  users(): UserRow[] {
    return this.#database
      .prepare(
        `SELECT id, kind, name, role, revokedAt,
           (SELECT count(*) FROM tokens WHERE userId = users.id) AS tokens,
           (SELECT count(*) FROM sessions WHERE userId = users.id) AS sessions
         FROM users ORDER BY createdAt, id`,
      )
      .all()
      .map((row) => userRow.parse(row))
  }

  datasets(): string[] {
    return this.#database
      .prepare('SELECT name FROM datasets ORDER BY name')
      .all()
      .map((row) => nameRow.parse(row).name)
  }

  close(): void {
    this.#database.close()
  }
}
