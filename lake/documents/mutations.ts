import {z} from 'zod'

import {isJsonObject, type JsonObject} from './document.ts'
import {faults} from './fault.ts'
import {parsePatch} from './patch.ts'
import type {MutationOutcome, WorkingCopy} from './workingCopy.ts'

/** Ids of the documents that a mutation by query names, as the state was when the transaction began. */
export type IdsByQuery = (query: string, params: JsonObject) => Promise<string[]>

const byQuery = z.object({
  query: z.string(),
  params: z.record(z.string(), z.json()).optional(),
})
const byId = z.object({id: z.union([z.string(), z.array(z.string())])})

/**
 * Runs one mutation of a mutate request on the working copy.
 * Throws `TransactionFault` for a malformed mutation or one that the documents do not allow.
 */
export async function runMutation(
  mutation: unknown,
  copy: WorkingCopy,
  context: {idsByQuery: IdsByQuery; newId: () => string},
): Promise<MutationOutcome[]> {
  const [name, body] = single(mutation)
  switch (name) {
    case 'create':
      return [await copy.create(body, idFor(body, context.newId))]
    case 'createIfNotExists':
      return [await copy.createIfNotExists(body, idFor(body, context.newId))]
    case 'createOrReplace':
      return [await copy.createOrReplace(body, idFor(body, context.newId))]
    case 'delete':
      return await inTurn(await targets(body, context.idsByQuery), (id) => copy.delete(id))
    case 'patch': {
      const patch = parsePatch(body)
      return await inTurn(await targets(body, context.idsByQuery), (id) => copy.patch(id, patch))
    }
    default:
      throw faults.malformed(
        `Unknown mutation "${name}". Known are create, createIfNotExists, createOrReplace, delete and patch.`,
      )
  }
}

/** The ids that mutations name, each once; what is malformed names none. */
export function idsNamedBy(mutations: readonly unknown[]): string[] {
  const ids = new Set<string>()
  for (const mutation of mutations) {
    if (!isJsonObject(mutation)) continue
    for (const body of Object.values(mutation)) {
      const id = isJsonObject(body) ? (body['_id'] ?? body['id']) : undefined
      if (typeof id === 'string') ids.add(id)
    }
  }
  return [...ids]
}

function single(mutation: unknown): [string, JsonObject] {
  const entries = isJsonObject(mutation) ? Object.entries(mutation) : []
  const [entry] = entries
  if (entries.length !== 1 || entry === undefined || !isJsonObject(entry[1])) {
    throw faults.malformed('A mutation must be an object with exactly one operation.')
  }
  return [entry[0], entry[1]]
}

function idFor(document: JsonObject, newId: () => string): string {
  const id = document['_id']
  if (id === undefined) return newId()
  if (typeof id !== 'string') throw faults.malformed('The "_id" of a document must be a string.')
  return id.endsWith('.') ? `${id}${newId()}` : id
}

async function targets(body: JsonObject, idsByQuery: IdsByQuery): Promise<string[]> {
  const selection = 'query' in body ? byQuery.safeParse(body) : undefined
  if (selection?.success) {
    return await idsByQuery(selection.data.query, selection.data.params ?? {})
  }
  const named = byId.safeParse(body)
  if (!named.success) throw faults.malformed('A patch or delete needs an "id" or a "query".')
  return [named.data.id].flat()
}

async function inTurn(
  ids: readonly string[],
  run: (id: string) => Promise<MutationOutcome>,
): Promise<MutationOutcome[]> {
  const outcomes: MutationOutcome[] = []
  for (const id of ids) outcomes.push(await run(id))
  return outcomes
}
