import {extract, Mutation as ClientMutation} from '@sanity/mutator'
import {z} from 'zod'

import {isJson, isJsonObject, type JsonObject, type JsonValue} from './document.ts'
import {faults, TransactionFault} from './fault.ts'
import {mayBeFollowed} from './pathBranches.ts'

const jsonValue = z.custom<JsonValue>(isJson, 'it is not JSON')

/**
 * A path as `@sanity/mutator` reads it. It takes a name in double quotes for text, which names nothing, and would
 * drop what is written there without a word; single quotes say the same and work.
 */
const path = z
  .string()
  .transform((text) => text.replaceAll(/(?<=^|[\w\]])\["([^"'\]]+)"\]/g, "['$1']"))

const patchModel = z.strictObject({
  set: z.record(path, jsonValue).exactOptional(),
  setIfMissing: z.record(path, jsonValue).exactOptional(),
  unset: z.array(path).exactOptional(),
  inc: z.record(path, z.number()).exactOptional(),
  dec: z.record(path, z.number()).exactOptional(),
  insert: z
    .union(
      [
        z.strictObject({before: path, items: z.array(jsonValue)}),
        z.strictObject({after: path, items: z.array(jsonValue)}),
        z.strictObject({replace: path, items: z.array(jsonValue)}),
      ],
      'it needs "items" and one of "before", "after" and "replace"',
    )
    .exactOptional(),
  diffMatchPatch: z.record(path, z.string()).exactOptional(),
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

/** What a patch says about which documents it is for. */
const targetNames: ReadonlySet<string> = new Set(['id', 'query', 'params'])

/** What a document keeps for as long as it exists. `_rev` and `_updatedAt` follow from the transaction. */
const immutable = ['_id', '_type', '_createdAt'] as const

/**
 * Reads the operations of a patch, leaving out what names its target. An operation that is not known is refused:
 * left out in silence it would lose what somebody wrote. Throws `TransactionFault` 400.
 */
export function parsePatch(value: JsonObject): Patch {
  const named = Object.entries(value).filter(([name]) => !targetNames.has(name))
  const parsed = patchModel.safeParse(Object.fromEntries(named))
  if (parsed.success) {
    const tangled = pathsOf(parsed.data).find((text) => !mayBeFollowed(text))
    if (tangled === undefined) return parsed.data
    throw faults.malformed(
      `The patch cannot be applied: the path ${JSON.stringify(tangled.slice(0, 60))} has too many steps or branches. Write several paths, each with fewer ".." and lists.`,
    )
  }
  const issue = parsed.error.issues[0]
  if (issue?.code === 'unrecognized_keys') {
    throw faults.malformed(`The patch has an unknown operation "${issue.keys[0]}".`)
  }
  throw new TransactionFault(400, {
    type: 'validationError',
    description: `The patch cannot be read: ${issue?.path.join('.') ?? 'patch'}: ${issue?.message ?? 'malformed'}`,
  })
}

function pathsOf({insert, unset = [], ...written}: Patch): string[] {
  const places = Object.entries(insert ?? {}).flatMap(([place, text]) =>
    place !== 'items' && typeof text === 'string' ? [text] : [],
  )
  const operands = Object.values(written).filter((operand) => typeof operand === 'object')
  return [...operands.flatMap((operand) => Object.keys(operand)), ...unset, ...places]
}

/** A patch as patches of one operation each, in the order in which they run; one without operations stays one. */
export function patchSteps(patch: Patch): Patch[] {
  const steps = operations.flatMap((name) => {
    const operand = patch[name]
    return operand === undefined ? [] : [{[name]: operand}]
  })
  return steps.length === 0 ? [{}] : steps
}

/**
 * Applies a patch with `@sanity/mutator`'s semantics, so that the Studio's prediction and the lake agree.
 * Throws `TransactionFault` for a path that cannot be read, a number that is not one, a text patch on something
 * else than a string, or a change of what never changes: `_id`, `_type` and `_createdAt`.
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
    const simple = operation === 'set' ? setAttributes(current, patch.set ?? {}) : undefined
    current = simple ?? apply(current, {[operation]: operand})
  }
  const changed = immutable.find((name) => current[name] !== document[name])
  if (changed === undefined) return current
  throw new TransactionFault(400, {
    type: 'validationError',
    description: `The attribute "${changed}" of document "${String(document['_id'])}" cannot be changed.`,
  })
}

const attributeName = /^[A-Za-z_]\w*$/

/** What most keystrokes do: whole attributes set by their names. `undefined` when there is a longer path among them. */
function setAttributes<Document extends JsonObject>(
  document: Document,
  values: {[path: string]: JsonValue},
): Document | undefined {
  return Object.keys(values).every((path) => attributeName.test(path))
    ? {...document, ...values}
    : undefined
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
