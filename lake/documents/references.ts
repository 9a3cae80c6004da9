import type {Reference} from '../store/documentRows.ts'
import {rememberedByBranch} from './branches.ts'
import {factsOf} from './branchFacts.ts'
import {isJsonObject, type JsonObject, type JsonValue} from './document.ts'

/**
 * Every reference inside a document, each target once a strength. One into another dataset counts as weak: GROQ's
 * `references()` sees it, and nothing here has to hold it. What stands inside a reference is none (GROQ specification,
 * "references()": HasReferenceTo).
 */
export function referencesOf(document: JsonObject): readonly Reference[] {
  return referencesInDocument(document)
}

const referencesInDocument = rememberedByBranch((document): readonly Reference[] => {
  if (!isJsonObject(document)) return []
  if (typeof document['_ref'] === 'string') return distinct(factsOf(document).references)
  const found: Reference[] = []
  for (const name in document) {
    const branch = document[name]
    if (typeof branch !== 'object' || branch === null) continue
    for (const reference of factsOf(branch).references) found.push(reference)
  }
  return distinct(found)
})

/** Of so many, looking through all is faster than a map. */
const fewReferences = 16

function distinct(references: readonly Reference[]): readonly Reference[] {
  if (references.length > fewReferences) {
    const byName = new Map(references.map((one) => [`${one.target} ${one.strong}`, one]))
    return [...byName.values()]
  }
  return references.filter(
    ({target, strong}, place) =>
      references.findIndex((one) => one.target === target && one.strong === strong) === place,
  )
}

/** What publishing does to references made to documents that were not published yet: `_strengthenOnPublish` is honoured and dropped. */
export function strengthened(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(strengthened)
  if (!isJsonObject(value)) return value
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      inner === undefined ? undefined : strengthened(inner),
    ]),
  )
  const strengthen = value['_strengthenOnPublish']
  if (strengthen === undefined) return copy
  delete copy['_strengthenOnPublish']
  if (!(isJsonObject(strengthen) && strengthen['weak'] === true)) delete copy['_weak']
  return copy
}
