import {factsOfDocument} from './branchFacts.ts'
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
  const atMost = factsOfDocument(document)
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
