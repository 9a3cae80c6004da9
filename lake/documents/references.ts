import type {Reference} from '../store/referenceIndex.ts'
import {factsOfDocument} from './branchFacts.ts'
import {isJsonObject, type JsonObject, type JsonValue} from './document.ts'

/**
 * Every reference inside a document, each target once a strength. One into another dataset counts as weak: GROQ's
 * `references()` sees it, and nothing here has to hold it. What stands inside a reference is none (GROQ specification,
 * "references()": HasReferenceTo).
 */
export function referencesOf(document: JsonObject): readonly Reference[] {
  return factsOfDocument(document).references
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
