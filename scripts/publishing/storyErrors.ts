import type {SanityClient} from '@sanity/client'
import {Schema} from '@sanity/schema'
import {builtinTypes} from '@sanity/schema/_internal'
import type {SanityDocument, Schema as CompiledSchema} from '@sanity/types'
import {validateDocumentInternal} from '@sanity/validation/_internal'

import type {Article} from '../../editorial/documents.ts'
import {schemaTypes} from '../../schemas/index.ts'

let compiled: CompiledSchema | undefined

/** The newsroom's types as Sanity's validator takes them, compiled once. */
export function compiledSchema(): CompiledSchema {
  if (compiled) return compiled
  // `slug` and the assets come with Sanity, not with the language that schemas are written in.
  const sanity = Schema.compile({name: 'sanity', types: builtinTypes})
  const newsroom = Schema.compile({name: 'newsroom', types: schemaTypes, parent: sanity})
  compiled = {
    _registry: {},
    name: newsroom.name,
    get: (name) => newsroom.get(name),
    has: (name) => newsroom.has(name),
    getTypeNames: () => newsroom.getTypeNames(),
    getLocalTypeNames: () => newsroom.getLocalTypeNames(),
  }
  return compiled
}

/** A document with what the lake adds to it. */
type Validated = {_id: string; _type: string; [field: string]: unknown}

/** Every marker that the Studio would show beside a document's fields. Throws the client's errors. */
export async function markersOf(document: Validated, client: SanityClient) {
  const stored: SanityDocument = {
    _rev: 'unknown',
    _createdAt: '1970-01-01T00:00:00.000Z',
    _updatedAt: '1970-01-01T00:00:00.000Z',
    ...document,
  }
  return await validateDocumentInternal({
    document: stored,
    schema: compiledSchema(),
    getClient: ({apiVersion}) => client.withConfig({apiVersion}),
    // Outside the Studio the same validator turns errors on objects (a slug, a link) into warnings.
    environment: 'studio',
  })
}

/**
 * The sentences of a story's validation errors, as its editor would see them: empty when it may be published.
 * Throws the client's errors.
 */
export async function storyErrors(draft: Article, client: SanityClient): Promise<string[]> {
  const markers = await markersOf(draft, client)
  return markers.filter(({level}) => level === 'error').map(({message}) => message)
}
