import {Mutation as AppliedMutation} from '@sanity/mutator'
import type {Mutation} from '../../editorial/mutations.ts'

export type Stored = {_id: string; _type: string; _rev: string; [field: string]: unknown}

/**
 * A lake of a few documents: one transaction at a time, all or nothing, with the meaning that Sanity's own
 * mutator gives to patches, and the revision checks of the mutate endpoint.
 */
export function newsroomInMemory(...documents: {_id: string; _type: string}[]) {
  let stored = new Map<string, Stored>(
    documents.map((document) => [document._id, {_rev: 'rev-0', ...document}]),
  )
  let transactions = 0
  return {
    document: (id: string): Stored | undefined => stored.get(id),
    ids: (): string[] => [...stored.keys()].sort(),
    put: (document: {_id: string; _type: string; [field: string]: unknown}): void => {
      transactions += 1
      stored.set(document._id, {...document, _rev: `rev-${transactions}`})
    },
    commit(mutations: readonly Mutation[]): void {
      const next = new Map(stored)
      const before = new Map(stored)
      for (const mutation of mutations) {
        const id = idOf(mutation)
        check(mutation, next.get(id), before.get(id))
        const result: unknown = new AppliedMutation({
          mutations: [withoutGuard(mutation)],
          transactionId: `tx-${transactions}`,
        }).apply(next.get(id) ?? null)
        if (isStored(result)) next.set(id, {...result, _rev: `rev-${transactions + 1}`})
        else next.delete(id)
      }
      transactions += 1
      stored = next
    },
  }
}

/** The document that a mutation is about. */
export function idOf(mutation: Mutation): string {
  if ('create' in mutation) return mutation.create._id
  if ('createOrReplace' in mutation) return mutation.createOrReplace._id
  return 'delete' in mutation ? mutation.delete.id : mutation.patch.id
}

function check(mutation: Mutation, now: Stored | undefined, before: Stored | undefined): void {
  if ('create' in mutation && now) throw new Error(`409: ${now._id} already exists`)
  if (!('patch' in mutation)) return
  if (!now) throw new Error(`409: ${mutation.patch.id} was not found`)
  const {ifRevisionID} = mutation.patch
  if (ifRevisionID !== undefined && ifRevisionID !== before?._rev) {
    throw new Error(`409: ${now._id} is at ${before?._rev}, not ${ifRevisionID}`)
  }
}

/** The mutator checks revisions against its own; they were checked above, as the endpoint does. */
function withoutGuard(mutation: Mutation): Mutation {
  if (!('patch' in mutation)) return mutation
  const {ifRevisionID: _checked, ...patch} = mutation.patch
  return {patch}
}

function isStored(document: unknown): document is Stored {
  return typeof document === 'object' && document !== null && '_id' in document
}
