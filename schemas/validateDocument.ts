import {createClient} from '@sanity/client'
import {Schema} from '@sanity/schema'
import {builtinTypes} from '@sanity/schema/_internal'
import type {Schema as CompiledSchema, Path, SanityDocument, SchemaType} from '@sanity/types'
import {validateDocumentInternal} from '@sanity/validation/_internal'
import {schemaTypes} from './index.ts'

/** What the form would show at a field. An error stands in the way of publishing, the others advise. */
export type Finding = {
  level: 'error' | 'warning' | 'info'
  path: Path
  /** The field as the form calls it, from the outside in: `Sections › Heading`. */
  field: string
  message: string
}

/** What the rules may ask about other documents. */
export type Others = {
  /** Asks the documents that there are, drafts included, a question in GROQ. */
  ask(query: string, params: {[name: string]: unknown}): Promise<unknown>
  /** Whether a strong reference may lead to a document of this id. */
  exists(id: string): Promise<boolean>
}

// `slug` and the assets come with Sanity, not with the language that schemas are written in.
const sanity = Schema.compile({name: 'sanity', types: builtinTypes})
const compiled = Schema.compile({name: 'newsroom', types: schemaTypes, parent: sanity})

/** The newsroom's types, compiled. */
export const schema: CompiledSchema = {
  _registry: {},
  name: compiled.name,
  get: (name) => compiled.get(name),
  has: (name) => compiled.has(name),
  getTypeNames: () => compiled.getTypeNames(),
  getLocalTypeNames: () => compiled.getLocalTypeNames(),
}

/**
 * Validates a document as the Studio does, in plain Node. Loads Sanity's validator, which is not light: whoever needs the
 * types alone takes `index.ts`. What the lake adds to a document may be missing. Resolves to findings in the order of the form.
 */
export async function validateDocument(
  document: {_id: string; _type: string; [field: string]: unknown},
  others: Others,
): Promise<Finding[]> {
  const stored: SanityDocument = {
    _rev: 'unknown',
    _createdAt: '1970-01-01T00:00:00.000Z',
    _updatedAt: '1970-01-01T00:00:00.000Z',
    ...document,
  }
  const client = askingClient(others)
  const markers = await validateDocumentInternal({
    document: stored,
    schema,
    getClient: ({apiVersion}) => client.withConfig({apiVersion}),
    getDocumentExists: ({id}) => others.exists(id),
    // Outside the Studio the same validator turns errors on objects (a slug, a link) into warnings.
    environment: 'studio',
  })
  const type = schema.get(document._type)
  return markers.map(({level, path, message}) => ({
    level,
    path,
    field: fieldOf(type, path),
    message,
  }))
}

/** A client whose questions are answered in process. The rules ask for nothing else. */
function askingClient(others: Others) {
  return createClient({
    projectId: 'dateline',
    dataset: 'production',
    apiVersion: '2025-02-19',
    useCdn: false,
    resolveFetch: () => async (input) => {
      const {searchParams} = new URL(input)
      const params = Object.fromEntries(
        [...searchParams]
          .filter(([name]) => name.startsWith('$'))
          .map(([name, value]) => [name.slice(1), JSON.parse(value)]),
      )
      const result = await others.ask(searchParams.get('query') ?? '', params)
      return Response.json({result, ms: 0})
    },
  })
}

function fieldOf(type: SchemaType | undefined, path: Path): string {
  const titles: string[] = []
  let within = type
  for (const segment of path) {
    if (typeof segment !== 'string') continue
    const inside: SchemaType | undefined = fieldNamed(within, segment)
    titles.push(inside?.title ?? segment)
    within = inside
  }
  return titles.join(' › ')
}

/** The type of a field; those of an array's elements are looked through, the first that has the field counts. */
function fieldNamed(type: SchemaType | undefined, name: string): SchemaType | undefined {
  if (type === undefined) return undefined
  if (type.jsonType === 'object') return type.fields.find((field) => field.name === name)?.type
  if (type.jsonType !== 'array') return undefined
  return type.of.map((member) => fieldNamed(member, name)).find((found) => found !== undefined)
}
