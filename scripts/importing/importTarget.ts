import type {SanityClient, SanityDocument} from '@sanity/client'

import {referencesOf} from '../../lake/documents/references.ts'
import type {ImportLines} from './importLines.ts'

/** What is done with documents that are there already. */
export type ImportMode = 'create' | 'replace' | 'missing'

/** The documents of the file that the lake had before, by id. */
export type Before = ReadonlyMap<string, SanityDocument>

/** Ids in one question or transaction. */
const idsAtOnce = 500

/** Bytes of documents in one transaction; the lake takes no request over four million. */
const bytesAtOnce = 1_000_000

/** The documents among `ids` that the lake has. */
export async function presentDocuments(
  client: SanityClient,
  ids: readonly string[],
): Promise<Map<string, SanityDocument>> {
  const present = new Map<string, SanityDocument>()
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    const asked = ids.slice(start, start + idsAtOnce)
    const found = await client.fetch<SanityDocument[]>('*[_id in $ids]', {ids: asked})
    for (const document of found) present.set(document._id, document)
  }
  return present
}

/** What of the file the lake would refuse half-way, as sentences: documents that are there, references that lead nowhere. */
export async function targetProblems(
  client: SanityClient,
  {documents}: ImportLines,
  {before, mode}: {before: Before; mode: ImportMode},
): Promise<string[]> {
  const taken =
    mode === 'create'
      ? [...before.keys()].map(
          (id) =>
            `Line ${documents.get(id)?.line} ("${id}") is there already. Use --replace to replace what is there, or --missing to leave it.`,
        )
      : []
  const wanted = [...documents.values()].flatMap(({line, document}) =>
    mode === 'missing' && before.has(document._id)
      ? []
      : referencesOf(document)
          .filter(({target, strong}) => strong && !documents.has(target))
          .map(({target}) => ({line, id: document._id, target})),
  )
  const targets = await presentDocuments(client, [...new Set(wanted.map(({target}) => target))])
  const broken = wanted
    .filter(({target}) => !targets.has(target))
    .map(
      ({line, id, target}) =>
        `Line ${line} ("${id}") refers to "${target}", which is neither in the file nor there already.`,
    )
  return [...taken, ...broken]
}

/**
 * Puts the documents of a file back as they were before: what was replaced gets its old content, what was made goes.
 * Resolves to the ids of those that could not be put back.
 */
export async function undoImport(
  client: SanityClient,
  ids: readonly string[],
  before: Before,
): Promise<string[]> {
  const now = await presentDocuments(client, ids)
  const replaced = [...before.values()].filter(({_id, _rev}) => now.get(_id)?._rev !== _rev)
  for (const batch of batches(replaced)) {
    const restoring = client.transaction()
    for (const {_rev, ...document} of batch) restoring.createOrReplace(document)
    await restoring.commit({visibility: 'async'})
  }
  const made = [...now.keys()].filter((id) => !before.has(id))
  // In one transaction, because they may refer to each other.
  const removing = client.transaction()
  for (const id of made) removing.delete(id)
  if (made.length > 0) await removing.commit({visibility: 'sync'})
  const left = await presentDocuments(client, made)
  return [...left.keys()]
}

function batches(documents: readonly SanityDocument[]): SanityDocument[][] {
  const all: SanityDocument[][] = []
  let size = Infinity
  for (const document of documents) {
    const bytes = Buffer.byteLength(JSON.stringify(document))
    if (size + bytes > bytesAtOnce) {
      all.push([])
      size = 0
    }
    all.at(-1)?.push(document)
    size += bytes
  }
  return all
}
