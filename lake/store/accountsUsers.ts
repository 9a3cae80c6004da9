import type {Database} from 'better-sqlite3'

import {newShortId} from './accountsSecrets.ts'
import type {Clock} from '../environment.ts'
import {httpError} from '../errors.ts'

/**
 * Somebody who can stand in the transaction log. `person` signs in by link, `robot` acts for one token,
 * `system` is a part of the program (an import, a worker) that acts in process.
 */
export type User = {
  /** Letters and digits only; stable, never used again. */
  id: string
  kind: 'person' | 'robot' | 'system'
  name: string
  email: string | null
  role: string
  createdAt: string
  /** When access ended; the row stays, so that the history can still name its authors. */
  revokedAt: string | null
}

export type UsersStore = {
  /** Adds a person. Throws `LakeError` `nameTaken` or `nameEmpty`. */
  add(person: {name: string; role: string; email?: string}): Promise<User>
  /** People and robots that still have access, oldest first. */
  list(kind: 'person' | 'robot'): Promise<User[]>
  /** The person of that name (case is ignored) who still has access. */
  byName(name: string): Promise<User | undefined>
  /** Users by id, whoever they are and even when revoked; unknown ids are left out. */
  byIds(ids: readonly string[]): Promise<User[]>
  /** Ends a person's access: sessions and links die with it. Throws `LakeError` `userUnknown`. */
  revoke(name: string): Promise<User>
  /** Writes down a part of the program that acts under `id`, so that the history can name it. */
  rememberSystem(identity: {id: string; name: string; role: string}): Promise<void>
}

/** The users of one lake. */
export function usersStore(database: Database, clock: Clock): UsersStore {
  const byName = database.prepare<[string], User>(
    `SELECT * FROM users WHERE kind = 'person' AND name = ? COLLATE NOCASE AND revokedAt IS NULL`,
  )
  const list = database.prepare<[string], User>(
    `SELECT * FROM users WHERE kind = ? AND revokedAt IS NULL ORDER BY createdAt, rowid`,
  )
  const byIds = database.prepare<[string], User>(
    `SELECT users.* FROM users JOIN json_each(?) AS wanted ON users.id = wanted.value`,
  )
  const remember = database.prepare<[string, string, string, string]>(
    `INSERT INTO users (id, kind, name, role, createdAt) VALUES (?, 'system', ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role WHERE kind = 'system'`,
  )

  const revoke = database.transaction((name: string): User => {
    const user = byName.get(name)
    if (!user) throw unknownUser(name)
    const revokedAt = clock.now().toISOString()
    database.prepare('UPDATE users SET revokedAt = ? WHERE id = ?').run(revokedAt, user.id)
    database.prepare('DELETE FROM sessions WHERE userId = ?').run(user.id)
    database.prepare('DELETE FROM signInLinks WHERE userId = ?').run(user.id)
    return {...user, revokedAt}
  })

  const add = database.transaction((person: {name: string; role: string; email?: string}): User => {
    if (byName.get(person.name)) throw nameTaken('user', person.name)
    return insertUser(database, clock, {...person, kind: 'person'})
  })

  return {
    add: async (person) => add.immediate(person),
    list: async (kind) => list.all(kind),
    byName: async (name) => byName.get(name),
    byIds: async (ids) => byIds.all(JSON.stringify(ids)),
    revoke: async (name) => revoke.immediate(name),
    rememberSystem: async ({id, name, role}) => {
      remember.run(id, name, role, clock.now().toISOString())
    },
  }
}

/** Inserts a person or a robot under a new id. Part of the caller's transaction. */
export function insertUser(
  database: Database,
  clock: Clock,
  values: {kind: 'person' | 'robot'; name: string; role: string; email?: string},
): User {
  const name = values.name.trim()
  if (name === '') throw httpError(400, 'nameEmpty', 'The name is empty. Give one.')
  const user: User = {
    id: newShortId(values.kind === 'person' ? 'u' : 'r'),
    kind: values.kind,
    name,
    email: values.email ?? null,
    role: values.role,
    createdAt: clock.now().toISOString(),
    revokedAt: null,
  }
  database
    .prepare(
      `INSERT INTO users (id, kind, name, email, role, createdAt, revokedAt)
       VALUES (@id, @kind, @name, @email, @role, @createdAt, @revokedAt)`,
    )
    .run(user)
  return user
}

/** The error for a name that somebody with access has already. */
export function nameTaken(what: 'user' | 'token', name: string) {
  const message = `There is already a ${what} named "${name}". Choose another name, or revoke that one first.`
  return httpError(409, 'nameTaken', message)
}

/** The error for a person who is not there (or not any more). */
export function unknownUser(name: string) {
  return httpError(404, 'userUnknown', `There is no user named "${name}".`)
}
