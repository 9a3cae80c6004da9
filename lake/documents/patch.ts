import {extract, Mutation as ClientMutation} from '@sanity/mutator'
import {z} from 'zod'

import {isJsonObject, type JsonObject} from './document.ts'
import {TransactionFault} from './fault.ts'

const patchModel = z.object({
  set: z.record(z.string(), z.json()).exactOptional(),
  setIfMissing: z.record(z.string(), z.json()).exactOptional(),
  unset: z.array(z.string()).exactOptional(),
  inc: z.record(z.string(), z.number()).exactOptional(),
  dec: z.record(z.string(), z.number()).exactOptional(),
  insert: z
    .union([
      z.object({before: z.string(), items: z.array(z.json())}),
      z.object({after: z.string(), items: z.array(z.json())}),
      z.object({replace: z.string(), items: z.array(z.json())}),
    ])
    .exactOptional(),
  diffMatchPatch: z.record(z.string(), z.string()).exactOptional(),
  ifRevisionID: z.string().exactOptional(),
})

export type Patch = z.infer<typeof patchModel>

/** The order in which one patch's operations run, whatever their order in the request (HTTP API, "Mutations"). */
const operations = [
  'set',
  'setIfMissing',
  'unset',
  'inc',
  'dec',
  'insert',
  'diffMatchPatch',
] as const

/** Reads the operations of a patch, leaving out what names its target. Throws `TransactionFault` 400. */
export function parsePatch(value: unknown): Patch {
  const parsed = patchModel.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new TransactionFault(400, {
    type: 'validationError',
    description: `The patch cannot be read: ${issue?.path.join('.') ?? 'patch'}: ${issue?.message ?? 'malformed'}`,
  })
}

/**
 * Applies a patch with `@sanity/mutator`'s semantics, so that the Studio's prediction and the lake agree.
 * System attributes cannot be changed. Throws `TransactionFault` for a path that cannot be read, a number
 * that is not one, or a text patch on something else than a string.
 */
export function applyPatch<Document extends JsonObject>(
  document: Document,
  patch: Patch,
): Document {
  let current = document
  for (const operation of operations) {
    const operand = patch[operation]
    if (operand === undefined) continue
    requireTargets(current, operation, patch)
    current = apply(current, {[operation]: operand})
  }
  const {_id, _type, _rev, _createdAt, _updatedAt} = document
  return {...current, _id, _type, _rev, _createdAt, _updatedAt}
}

function apply<Document extends JsonObject>(document: Document, patch: Patch): Document {
  const {_id, _type, _rev, _createdAt, _updatedAt} = document
  try {
    const mutation = new ClientMutation({
      mutations: [{patch: {id: String(_id), ...structuredClone(patch)}}],
    })
    const result: unknown = mutation.apply({
      ...document,
      _id: String(_id),
      _type: String(_type),
      _rev: String(_rev),
      _createdAt: String(_createdAt),
      _updatedAt: String(_updatedAt),
    })
    return isJsonObject(result) ? replaceAttributes(document, result) : document
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'malformed path'
    throw new TransactionFault(400, {
      type: 'validationError',
      description: `The patch cannot be applied: ${reason}`,
    })
  }
}

/** A document of the same type with the attributes of another. */
function replaceAttributes<Document extends JsonObject>(
  document: Document,
  attributes: JsonObject,
): Document {
  const copy: Document = {...document}
  for (const key of Object.keys(copy)) Reflect.deleteProperty(copy, key)
  return Object.assign(copy, attributes)
}

function requireTargets(
  document: JsonObject,
  operation: (typeof operations)[number],
  patch: Patch,
): void {
  if (operation === 'inc' || operation === 'dec') {
    for (const path of Object.keys(patch[operation] ?? {})) {
      requireEvery(document, path, (value) => typeof value === 'number', 'a number')
    }
  }
  if (operation === 'diffMatchPatch') {
    for (const path of Object.keys(patch.diffMatchPatch ?? {})) {
      requireEvery(document, path, (value) => typeof value === 'string', 'a string')
    }
  }
}

function requireEvery(
  document: JsonObject,
  path: string,
  holds: (value: unknown) => boolean,
  kind: string,
): void {
  const values = matchesOf(document, path)
  if (values.length > 0 && values.every(holds)) return
  throw new TransactionFault(409, {
    type: 'patchTargetError',
    description: `Cannot patch "${path}" of document "${String(document['_id'])}": the value there is not ${kind}`,
  })
}

function matchesOf(document: JsonObject, path: string): unknown[] {
  try {
    return extract(path, document)
  } catch {
    return []
  }
}
