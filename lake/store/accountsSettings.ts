import type {Database} from 'better-sqlite3'

import type {JsonValue} from '../documents/document.ts'
import type {Clock} from '../environment.ts'
import {httpError} from '../errors.ts'

/** A web origin whose pages may call the API; with `credentials`, as the user who is signed in. */
export type AllowedOrigin = {origin: string; credentials: boolean; createdAt: string}

export type OriginsStore = {
  /** Adds an origin, or changes whether it gets credentials. */
  add(origin: string, credentials: boolean): Promise<void>
  list(): Promise<AllowedOrigin[]>
  find(origin: string): Promise<AllowedOrigin | undefined>
  /** Throws `LakeError` `originUnknown`. */
  remove(origin: string): Promise<void>
}

type OriginRow = {origin: string; credentials: number; createdAt: string}

/** The web origins that an administrator has added. */
export function originsStore(database: Database, clock: Clock): OriginsStore {
  const list = database.prepare<[], OriginRow>('SELECT * FROM origins ORDER BY origin')
  const find = database.prepare<[string], OriginRow>('SELECT * FROM origins WHERE origin = ?')
  const add = database.prepare<[string, number, string]>(
    `INSERT INTO origins (origin, credentials, createdAt) VALUES (?, ?, ?)
     ON CONFLICT (origin) DO UPDATE SET credentials = excluded.credentials`,
  )
  const remove = database.prepare<[string]>('DELETE FROM origins WHERE origin = ?')
  const toAllowed = (row: OriginRow) => ({...row, credentials: row.credentials === 1})

  return {
    add: async (origin, credentials) => {
      add.run(origin, credentials ? 1 : 0, clock.now().toISOString())
    },
    list: async () => list.all().map(toAllowed),
    find: async (origin) => {
      const row = find.get(origin)
      return row && toAllowed(row)
    },
    remove: async (origin) => {
      if (remove.run(origin).changes > 0) return
      throw httpError(404, 'originUnknown', `The origin ${origin} was not in the list.`)
    },
  }
}

export type DatasetRow = {name: string; createdAt: string}

export type DatasetsStore = {
  /** Writes a dataset down unless it is there already. */
  ensure(name: string): Promise<void>
  list(): Promise<DatasetRow[]>
}

/** The names of a lake's datasets. */
export function datasetsStore(database: Database, clock: Clock): DatasetsStore {
  const ensure = database.prepare<[string, string]>(
    'INSERT INTO datasets (name, createdAt) VALUES (?, ?) ON CONFLICT (name) DO NOTHING',
  )
  const list = database.prepare<[], DatasetRow>('SELECT * FROM datasets ORDER BY createdAt, rowid')
  return {
    ensure: async (name) => {
      ensure.run(name, clock.now().toISOString())
    },
    list: async () => list.all(),
  }
}

export type KeyValue = {key: string; value: JsonValue}

export type KeyValuesStore = {
  get(userId: string, keys: readonly string[]): Promise<KeyValue[]>
  set(userId: string, pairs: readonly KeyValue[]): Promise<void>
  remove(userId: string, keys: readonly string[]): Promise<void>
}

/** Small things that the Studio remembers for a user: list layouts, sort orders, what was seen. */
export function keyValuesStore(database: Database, clock: Clock): KeyValuesStore {
  const get = database.prepare<[string, string], {key: string; value: string}>(
    `SELECT keyValues.key, keyValues.value FROM json_each(?) AS wanted
     JOIN keyValues ON keyValues.key = wanted.value AND keyValues.userId = ? ORDER BY wanted.key`,
  )
  const set = database.prepare<[string, string, string, string]>(
    `INSERT INTO keyValues (userId, key, value, updatedAt) VALUES (?, ?, ?, ?)
     ON CONFLICT (userId, key) DO UPDATE SET value = excluded.value, updatedAt = excluded.updatedAt`,
  )
  const remove = database.prepare<[string, string]>(
    'DELETE FROM keyValues WHERE userId = ? AND key = ?',
  )
  const setAll = database.transaction((userId: string, pairs: readonly KeyValue[]) => {
    const now = clock.now().toISOString()
    for (const {key, value} of pairs) set.run(userId, key, JSON.stringify(value), now)
  })
  const removeAll = database.transaction((userId: string, keys: readonly string[]) => {
    for (const key of keys) remove.run(userId, key)
  })
  return {
    get: async (userId, keys) =>
      get
        .all(JSON.stringify(keys), userId)
        .map(({key, value}) => ({key, value: JSON.parse(value)})),
    set: async (userId, pairs) => setAll.immediate(userId, pairs),
    remove: async (userId, keys) => removeAll.immediate(userId, keys),
  }
}
