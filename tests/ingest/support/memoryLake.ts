import {Mutation as Mutator} from '@sanity/mutator'
import {evaluate, parse} from 'groq-js'

import type {Mutation} from '../../../editorial/mutations.ts'
import type {ImportClient} from '../../../ingest/importStory.ts'

type Stored = {_id: string; _type: string; _rev: string; [attribute: string]: unknown}

/**
 * As much of a lake as an import touches, in memory: GROQ by groq-js, patches by Sanity's mutator, a
 * transaction all or nothing. What the embedded lake does with the same calls is tested with that lake.
 */
export function memoryLake() {
  let documents = new Map<string, Stored>()
  let revision = 0
  const transactions: Mutation[][] = []
  const client: ImportClient = {
    async fetch(query, params) {
      const value = await evaluate(parse(query, {params}), {
        dataset: [...documents.values()],
        params,
      })
      return await value.get()
    },
    async mutate(mutations) {
      revision += 1
      const next = new Map(documents)
      for (const mutation of mutations) apply(next, mutation, `r${revision}`)
      documents = next
      transactions.push(mutations)
    },
  }
  return {
    client,
    transactions,
    get: (id: string) => documents.get(id),
    ids: () => [...documents.keys()].sort(),
    /** What an editor does meanwhile. */
    edit: (id: string, set: {[path: string]: unknown}) =>
      client.mutate([{patch: {id, set}}], {visibility: 'sync', returnDocuments: false}),
    remove: (id: string) =>
      client.mutate([{delete: {id}}], {visibility: 'sync', returnDocuments: false}),
  }
}

function apply(documents: Map<string, Stored>, mutation: Mutation, revision: string): void {
  if ('delete' in mutation) {
    documents.delete(mutation.delete.id)
    return
  }
  if ('patch' in mutation) {
    const before = documents.get(mutation.patch.id)
    if (before === undefined) throw new Error(`There is no document ${mutation.patch.id}.`)
    const {ifRevisionID, ...patch} = mutation.patch
    if (ifRevisionID !== undefined && ifRevisionID !== before._rev)
      throw new Error('The revision is another.')
    const after: unknown = new Mutator({mutations: [{patch}]}).apply(structuredClone(before))
    const changed = JSON.stringify(after) !== JSON.stringify(before)
    if (isStored(after)) documents.set(before._id, changed ? {...after, _rev: revision} : before)
    return
  }
  const document = 'create' in mutation ? mutation.create : mutation.createOrReplace
  if ('create' in mutation && documents.has(document._id))
    throw new Error(`${document._id} is there already.`)
  const stored: unknown = JSON.parse(JSON.stringify({...document, _rev: revision}))
  if (isStored(stored)) documents.set(document._id, stored)
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && '_id' in value && '_rev' in value
}
