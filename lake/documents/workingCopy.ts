import type {Caller} from '../access/caller.ts'
import {withKeys, withKeysInPatch} from './arrayKeys.ts'
import {factsOf, factsOfNew, factsOfScalar} from './branchFacts.ts'
import type {DocumentChange, Mutation} from './commit.ts'
import {flawOfName} from './contents.ts'
import {
  inOnePiece,
  withoutRevision,
  type JsonObject,
  type JsonValue,
  type LakeDocument,
} from './document.ts'
import {faults} from './fault.ts'
import {groupIdOf, requireDocumentId} from './ids.ts'
import {excessOf} from './limits.ts'
import {encodePatch} from './mendoza.ts'
import {applyPatch, patchSteps, type Patch} from './patch.ts'
import {referencesOf} from './references.ts'

export type MutationOutcome = {
  id: string
  operation: 'create' | 'update' | 'delete' | 'none'
  document: LakeDocument | undefined
}

/** What a transaction reads of the store. */
export type TransactionReader = {
  documents(ids: readonly string[]): Promise<LakeDocument[]>
  /** Published document, draft and versions of a group. */
  group(groupId: string): Promise<LakeDocument[]>
  /** Those of some ids under which there is no document. */
  missing(ids: readonly string[]): Promise<string[]>
  strongReferrers(target: string): Promise<string[]>
}

type Entry = {
  previous: LakeDocument | undefined
  current: LakeDocument | undefined
  /** The same without its revision, as far as it has been made already. */
  told: JsonObject | undefined
  mutations: Mutation[]
}

/**
 * The state of a transaction under way: documents as they were and as they will be, with the mutations
 * that led there, expanded so that each names one document. Nothing is stored until the whole is sound.
 */
export class WorkingCopy {
  readonly #entries = new Map<string, Entry>()
  /** What was read beforehand, by id; `undefined` where there is nothing. */
  readonly #prefetched = new Map<string, LakeDocument | undefined>()
  readonly #reader: TransactionReader
  readonly #transactionId: string
  readonly #now: string
  readonly #newKey: (() => string) | undefined

  constructor(options: {
    reader: TransactionReader
    transactionId: string
    /** ISO 8601 UTC: `_createdAt` and `_updatedAt` of what the transaction touches. */
    now: string
    /** Given when keyless objects in arrays shall get a `_key`. */
    newKey: (() => string) | undefined
  }) {
    this.#reader = options.reader
    this.#transactionId = inOnePiece(options.transactionId)
    this.#now = options.now
    this.#newKey = options.newKey
  }

  /** Reads documents together that are going to be looked at: many at once cost less. */
  async prefetch(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#prefetched.set(id, undefined)
    for (const stored of await this.#reader.documents(ids)) this.#prefetched.set(stored._id, stored)
  }

  async get(id: string): Promise<LakeDocument | undefined> {
    return (await this.#entry(id)).current
  }

  /** Ids of the documents of a group that are there now, in id order. */
  async group(groupId: string): Promise<string[]> {
    const stored = (await this.#reader.group(groupId)).map(({_id}) => _id)
    const touched = [...this.#entries.keys()].filter((id) => groupIdOf(id) === groupId)
    const present: string[] = []
    for (const id of new Set([...stored, ...touched].sort())) {
      if ((await this.get(id)) !== undefined) present.push(id)
    }
    return present
  }

  /** Throws `TransactionFault` when the document exists. */
  async create(attributes: JsonObject, id: string): Promise<MutationOutcome> {
    const entry = await this.#entry(id)
    if (entry.current !== undefined) throw faults.alreadyExists(id)
    return this.#write(entry, this.#made(attributes, id, undefined), 'create')
  }

  async createIfNotExists(attributes: JsonObject, id: string): Promise<MutationOutcome> {
    const entry = await this.#entry(id)
    if (entry.current === undefined) {
      return this.#write(entry, this.#made(attributes, id, undefined), 'createIfNotExists')
    }
    return {id, operation: 'none', document: entry.current}
  }

  async createOrReplace(attributes: JsonObject, id: string): Promise<MutationOutcome> {
    const entry = await this.#entry(id)
    return this.#write(entry, this.#made(attributes, id, entry.current), 'createOrReplace')
  }

  /** Deleting what is not there succeeds and does nothing, as on the hosted lake. */
  async delete(id: string): Promise<MutationOutcome> {
    const entry = await this.#entry(id)
    if (entry.current === undefined) return {id, operation: 'none', document: undefined}
    entry.current = undefined
    entry.told = undefined
    entry.mutations.push({delete: {id}})
    return {id, operation: 'delete', document: undefined}
  }

  /** A patch that changes nothing still makes a revision. Throws `TransactionFault`. */
  async patch(id: string, patch: Patch): Promise<MutationOutcome> {
    const entry = await this.#entry(id)
    const {current} = entry
    if (current === undefined) throw faults.notFound(id)
    const {ifRevisionID, ...given} = patch
    if (ifRevisionID !== undefined && ifRevisionID !== current._rev) {
      throw faults.revision(id, current._rev, ifRevisionID)
    }
    const operations = this.#newKey ? withKeysInPatch(given, this.#newKey) : given
    const patched = applyPatch(current, operations)
    requireStorable(patched, current)
    entry.current = {...patched, _rev: this.#transactionId, _updatedAt: this.#now}
    entry.told = undefined
    // One mutation an operation: a reader would run the operations of one patch in an order of its own.
    for (const step of patchSteps(operations)) entry.mutations.push({patch: {id, ...step}})
    return {id, operation: 'update', document: entry.current}
  }

  /** Whether the caller's grants allow every change made so far. Throws `TransactionFault` 403. */
  requirePermissions(caller: Caller): void {
    for (const {previous, current, mutations} of this.#entries.values()) {
      if (mutations.length === 0) continue
      if (previous === undefined && current !== undefined && !caller.may('create', current)) {
        throw faults.forbidden('create')
      }
      if (previous !== undefined && !caller.may('update', previous))
        throw faults.forbidden('update')
      if (previous !== undefined && current !== undefined && !caller.may('update', current)) {
        throw faults.forbidden('update')
      }
    }
  }

  /**
   * Every strong reference of what is written must hold, and nothing that is strongly referenced may go.
   * Checked over the state that the transaction leaves behind. Throws `TransactionFault` 409.
   */
  async requireIntegrity(): Promise<void> {
    const touched = [...this.#entries].filter(([, {mutations}]) => mutations.length > 0)
    /** Stored documents that are there: nobody could take one away that a stored document refers to. */
    const held = new Set<string>()
    for (const [, {previous}] of touched) {
      for (const {target, strong} of referencesIn(previous)) if (strong) held.add(target)
    }
    /** Others that are referred to, each with one of those who do. */
    const newly = new Map<string, string>()
    for (const [id, {current}] of touched) {
      for (const {target, strong} of referencesIn(current)) {
        if (!strong || target === id || newly.has(target)) continue
        const known = this.#entries.get(target)
        if (known && known.current === undefined) throw faults.missingReference(id, target)
        if (!known && !held.has(target)) newly.set(target, id)
      }
    }
    const [missing] = await this.#reader.missing([...newly.keys()])
    if (missing !== undefined) throw faults.missingReference(newly.get(missing) ?? '', missing)
    for (const [id, {previous, current}] of touched) {
      if (previous === undefined || current !== undefined) continue
      const referrers = (await this.#reader.strongReferrers(id)).filter(
        (from) => from !== id && this.#stillRefers(from, id),
      )
      if (referrers.length > 0) throw faults.referenced(id, referrers)
    }
  }

  /** One change a document, in the order in which they were first written. */
  changes(): DocumentChange[] {
    return [...this.#entries].flatMap(([documentId, {previous, current, told, mutations}]) => {
      const untouched = mutations.length === 0
      const cameAndWent = previous === undefined && current === undefined
      if (untouched || cameAndWent) return []
      const before = withoutRevision(previous)
      const after = told ?? withoutRevision(current)
      const effects = {apply: encodePatch(before, after), revert: encodePatch(after, before)}
      return [{documentId, previous, result: current, mutations, effects}]
    })
  }

  async #entry(id: string): Promise<Entry> {
    const known = this.#entries.get(id)
    if (known) return known
    const stored = this.#prefetched.has(requireDocumentId(id))
      ? this.#prefetched.get(id)
      : (await this.#reader.documents([id]))[0]
    const entry: Entry = {previous: stored, current: stored, told: undefined, mutations: []}
    this.#entries.set(id, entry)
    return entry
  }

  #write(
    entry: Entry,
    document: LakeDocument,
    operation: 'create' | 'createIfNotExists' | 'createOrReplace',
  ): MutationOutcome {
    const existed = entry.current !== undefined
    entry.current = document
    entry.told = withoutRevision(document)
    entry.mutations.push({[operation]: entry.told})
    return {id: document._id, operation: existed ? 'update' : 'create', document}
  }

  #made(attributes: JsonObject, id: string, replaced: LakeDocument | undefined): LakeDocument {
    const {_type, _createdAt, _updatedAt} = attributes
    if (typeof _type !== 'string' || _type === '') {
      throw faults.malformed(`The document "${id}" has no "_type". Every document needs one.`)
    }
    const given = (name: string, value: JsonValue | undefined) =>
      replaced === undefined ? timeGiven(id, name, value) : undefined
    const own = {
      _id: id,
      _type,
      _rev: this.#transactionId,
      _createdAt: replaced?._createdAt ?? given('_createdAt', _createdAt) ?? this.#now,
      _updatedAt: this.#updatedAt(given('_updatedAt', _updatedAt)),
    }
    // First in order, whatever of them was sent.
    const made: LakeDocument = {...own, ...attributes, ...own}
    requireStorable(made)
    return this.#newKey ? withKeys(made, this.#newKey) : made
  }

  /** An import keeps a document's own time, but never one ahead: the next change could not be later than it. */
  #updatedAt(given: string | undefined): string {
    return given !== undefined && Date.parse(given) < Date.parse(this.#now) ? given : this.#now
  }

  #stillRefers(from: string, target: string): boolean {
    const known = this.#entries.get(from)
    if (known === undefined) return true
    return referencesIn(known.current).some((one) => one.strong && one.target === target)
  }
}

function referencesIn(document: LakeDocument | undefined): ReturnType<typeof referencesOf> {
  return document === undefined ? [] : referencesOf(document)
}

/** `stored`: what stands in the store under the same id, which needs no second look where it is still the same. */
function requireStorable(document: LakeDocument, stored?: LakeDocument): void {
  const flaw = stored === undefined ? factsOfNew(document).flaw : flawIn(document, stored)
  const excess = flaw ?? excessOf(document)
  if (excess !== undefined) throw faults.malformed(excess)
}

function flawIn(document: LakeDocument, stored: LakeDocument): string | undefined {
  for (const name in document) {
    const value = document[name]
    if (value === stored[name] && Object.hasOwn(stored, name)) continue
    const isBranch = typeof value === 'object' && value !== null
    const flaw = flawOfName(name) ?? (isBranch ? factsOf(value) : factsOfScalar(value)).flaw
    if (flaw !== undefined) return flaw
  }
  return undefined
}

/** A time that a document brings along, as it was written. Throws `TransactionFault` 400 when it is none. */
function timeGiven(id: string, name: string, value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
  if (isTime && !Number.isNaN(Date.parse(value))) return value
  throw faults.malformed(
    `"${name}" of "${id}" is ${JSON.stringify(value)}, which is not an ISO 8601 time.`,
  )
}
