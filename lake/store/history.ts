import {isDeepStrictEqual} from 'node:util'
import {zstdCompressSync, zstdDecompressSync} from 'node:zlib'

import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {Commit, MendozaPatch} from '../documents/commit.ts'
import {isJsonObject, type JsonObject, type JsonValue} from '../documents/document.ts'
import {encodePatch} from '../documents/mendoza.ts'
import {parseArray} from './bodies.ts'

/** What a change did: the mutations as they were sent, and the way from either state to the other. */
export type ChangeDetail = {
  mutations: Commit['changes'][number]['mutations']
  effects: {apply: MendozaPatch; revert: MendozaPatch}
}

/** Shorter details are not worth packing: keystrokes. Characters. */
const shortest = 800

/** Transactions that one step of packing looks at, and details that it packs, at most. */
const packingStep = {transactions: 200, details: 20}

/** Milliseconds after which a step of packing ends, so that a writer who comes meanwhile hardly waits. */
const stepMilliseconds = 4

const rows = z.object({sequence: z.number(), position: z.number(), detail: z.string()})
const placeRow = z.object({place: z.number()})

/** The mutations that hold a document as a whole. */
const wholeMutations: ReadonlySet<string> = new Set([
  'create',
  'createIfNotExists',
  'createOrReplace',
])

/**
 * A detail as it is first stored: JSON text, which costs a writer the least. The way to a document that was sent as a whole
 * is left out, so that it does not stand there twice. Where there was nothing before, what was sent is the document
 * after the change, to which the changes since then lead back: only the mutation's name is stored.
 */
export function detailText({mutations, effects}: ChangeDetail): string {
  const whole = isDeepStrictEqual(effects.apply, wayOfWhole(mutations))
  const [name, ...others] = mutations.flatMap((mutation) => Object.keys(mutation))
  const isMaking = name !== undefined && wholeMutations.has(name) && others.length === 0
  if (whole && isMaking && isDeepStrictEqual(effects.revert, encodePatch({}, undefined))) {
    return JSON.stringify(name)
  }
  return JSON.stringify([mutations, whole ? null : effects.apply, effects.revert])
}

/** Whether a stored detail says only which mutation made the document. */
export function isMakingAlone(stored: string | Uint8Array): boolean {
  return typeof stored === 'string' && stored.startsWith('"')
}

/**
 * Reads a stored detail: JSON text, or packed with Zstandard since. `after`: the document after the change without its
 * revision, which is asked for where the change made it. Throws for what is no detail.
 */
export function parseDetail(
  stored: string | Uint8Array,
  after: () => JsonObject | undefined,
): ChangeDetail {
  const text = typeof stored === 'string' ? stored : zstdDecompressSync(stored).toString('utf8')
  if (isMakingAlone(text)) return making(JSON.parse(text), after())
  const [sent = null, way = null, back] = parseArray(text)
  const mutations = arrayOf(sent).filter(isJsonObject)
  const apply = way === null ? wayOfWhole(mutations) : arrayOf(way)
  if (!apply || back === undefined) throw new Error('A stored change is not one.')
  return {mutations, effects: {apply, revert: arrayOf(back)}}
}

function making(name: unknown, made: JsonObject | undefined): ChangeDetail {
  if (typeof name !== 'string' || !wholeMutations.has(name) || made === undefined) {
    throw new Error('A stored change is not one.')
  }
  const effects = {apply: encodePatch(undefined, made), revert: encodePatch(made, undefined)}
  return {mutations: [{[name]: made}], effects}
}

/** The way to the document that a mutation holds, when it is the only one. */
function wayOfWhole(mutations: ChangeDetail['mutations']): MendozaPatch | undefined {
  const [document, ...others] = mutations.flatMap((mutation) => Object.values(mutation))
  return isJsonObject(document) && others.length === 0
    ? encodePatch(undefined, document)
    : undefined
}

function arrayOf(value: JsonValue): JsonValue[] {
  return Array.isArray(value) ? value : []
}

/**
 * Packs the log's details when nobody waits, with the documents that were sent or deleted as a whole.
 */
export class HistoryPacking {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>

  constructor(database: Database.Database) {
    this.#database = database
    this.#statements = prepare(database)
  }

  /** Whether there are changes that packing has not looked at. */
  isBehind(): boolean {
    return this.#statements.further.get() !== undefined
  }

  /** Looks at the next changes, as one transaction. */
  step(): void {
    this.#database
      .transaction(() => {
        const {place} = placeRow.parse(this.#statements.place.get())
        this.#statements.advance.run(this.#packAfter(place))
      })
      .immediate()
  }

  /** Packs details of the transactions after a place in the log. Answers up to where there is nothing left to pack. */
  #packAfter(place: number): number {
    const until = performance.now() + stepMilliseconds
    const end = place + packingStep.transactions
    const found = this.#statements.long.all(place, end, shortest, packingStep.details)
    for (const row of found) {
      const {sequence, position, detail} = rows.parse(row)
      this.#statements.pack.run(zstdCompressSync(detail), sequence, position)
      // The same transaction may have more of them.
      if (performance.now() > until) return sequence - 1
    }
    return found.length < packingStep.details ? end : rows.parse(found.at(-1)).sequence - 1
  }
}

function prepare(database: Database.Database) {
  return {
    further: database.prepare(
      'SELECT 1 FROM log WHERE sequence > (SELECT place FROM history_packed) LIMIT 1',
    ),
    place: database.prepare('SELECT place FROM history_packed'),
    long: database.prepare(
      "SELECT sequence, position, detail FROM change WHERE sequence > ? AND sequence <= ? AND typeof(detail) = 'text' AND length(detail) > ? ORDER BY sequence, position LIMIT ?",
    ),
    pack: database.prepare('UPDATE change SET detail = ? WHERE sequence = ? AND position = ?'),
    advance: database.prepare(
      'UPDATE history_packed SET place = min(?, (SELECT coalesce(max(sequence), 0) FROM log))',
    ),
  }
}
