import {rememberedByBranch} from './branches.ts'
import {isJsonObject, type JsonObject, type JsonValue} from './document.ts'

/** The largest document, in bytes of its JSON (Technical limits, "Documents"). */
const mostBytes = 32_000_000

/** The most attributes of a document, each counted once for every type of value that it has (same place). */
const mostAttributes = 8_000

/**
 * What makes a document larger than the hosted lake takes it, as a sentence; `undefined` when nothing does. Measured
 * roughly first: almost no document comes near.
 */
export function excessOf(document: JsonObject & {_id: string}): string | undefined {
  const atMost = {bytes: 0, values: 0}
  for (const name in document) {
    const value = document[name]
    atMost.bytes += name.length * widestCharacter
    if (typeof value !== 'object' || value === null) measure(value, atMost)
    else add(atMost, measuresOf(value))
  }
  const name = `Document ${JSON.stringify(document._id)}`
  if (atMost.bytes > mostBytes) {
    const bytes = Buffer.byteLength(JSON.stringify(document))
    if (bytes > mostBytes) return `${name} is ${bytes} bytes, which exceeds limit of ${mostBytes}`
  }
  if (atMost.values > mostAttributes) {
    const attributes = new Set<string>()
    collect(document, '', attributes)
    if (attributes.size > mostAttributes) {
      return `${name}: total attribute/datatype count ${attributes.size} exceeds limit of ${mostAttributes}`
    }
  }
  return undefined
}

/** As many bytes as a character can take in JSON: `\\u0000`. */
const widestCharacter = 6

/** More than any number, and than quotes, colon and comma, takes. */
const widestScalar = 32

type Measures = {bytes: number; values: number}

const measuresOf = rememberedByBranch((branch) => {
  const measures = {bytes: 0, values: 0}
  measure(branch, measures)
  return measures
})

function add(sum: Measures, {bytes, values}: Measures): void {
  sum.bytes += bytes
  sum.values += values
}

function measure(value: unknown, sum: Measures): void {
  sum.values += 1
  sum.bytes += widestScalar
  if (typeof value === 'string') {
    sum.bytes += value.length * widestCharacter
  } else if (Array.isArray(value)) {
    for (const element of value) measure(element, sum)
  } else if (isJsonObject(value)) {
    for (const name in value) {
      sum.bytes += name.length * widestCharacter
      measure(value[name], sum)
    }
  }
}

/** Adds each path with each type of value that stands there; all elements of an array stand at one path. */
function collect(value: JsonValue | undefined, path: string, attributes: Set<string>): void {
  if (Array.isArray(value)) {
    for (const element of value) collectAt(element, `${path}[]`, attributes)
  } else if (isJsonObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      collectAt(inner, `${path}.${JSON.stringify(name)}`, attributes)
    }
  }
}

function collectAt(value: JsonValue | undefined, path: string, attributes: Set<string>): void {
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
  attributes.add(`${path} ${type}`)
  collect(value, path, attributes)
}
