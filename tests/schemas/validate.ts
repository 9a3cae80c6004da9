import {Schema} from '@sanity/schema'
import {builtinTypes} from '@sanity/schema/_internal'
import {validateDocumentInternal} from '@sanity/validation/_internal'
import type {SanityDocument, Schema as CompiledSchema} from '@sanity/types'
import {schemaTypes} from '../../schemas/index.ts'
import {clientOver} from './clientOver.ts'

// `slug` and the assets come with Sanity, not with the language that schemas are written in.
const sanity = Schema.compile({name: 'sanity', types: builtinTypes})
const compiled = Schema.compile({name: 'newsroom', types: schemaTypes, parent: sanity})
export const schema: CompiledSchema = {
  _registry: {},
  name: compiled.name,
  get: (name) => compiled.get(name),
  has: (name) => compiled.has(name),
  getTypeNames: () => compiled.getTypeNames(),
  getLocalTypeNames: () => compiled.getLocalTypeNames(),
}

/** What the Studio would show: `level path: sentence`, one a line, in the order of the form. */
export async function findings(
  document: {_id: string; _type: string; [field: string]: unknown},
  others: readonly {_id: string; [field: string]: unknown}[] = [],
): Promise<string[]> {
  const stored: SanityDocument = {
    _rev: 'revision-1',
    _createdAt: '2026-11-24T09:00:00.000Z',
    _updatedAt: '2026-11-24T09:00:00.000Z',
    ...document,
  }
  const client = clientOver([stored, ...others])
  const markers = await validateDocumentInternal({
    document: stored,
    schema,
    getClient: ({apiVersion}) => client.withConfig({apiVersion}),
    // Outside the Studio the same validator turns errors on objects (a slug, a link) into warnings.
    environment: 'studio',
  })
  return markers.map(({level, path, message}) => `${level} ${readablePath(path)}: ${message}`)
}

function readablePath(path: readonly unknown[]): string {
  return path
    .map((segment) =>
      typeof segment === 'object' && segment !== null && '_key' in segment
        ? String(segment._key)
        : String(segment),
    )
    .join('.')
}
