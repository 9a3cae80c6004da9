import type {Reference} from '../store/documentRows.ts'
import {rememberedByBranch} from './branches.ts'
import {isJsonObject, type JsonObject, type JsonValue} from './document.ts'

/**
 * Every reference inside a document, each target once a strength. One into another dataset counts as weak: GROQ's
 * `references()` sees it, and nothing here has to hold it. What stands inside a reference is none (GROQ specification,
 * "references()": HasReferenceTo).
 */
export function referencesOf(document: JsonObject): readonly Reference[] {
  return referencesInDocument(document)
}

const referencesInDocument = rememberedByBranch((document) => {
  if (!isJsonObject(document)) return []
  if (typeof document['_ref'] === 'string') return referencesInBranch(document)
  const found = new Map<string, Reference>()
  for (const branch of Object.values(document)) {
    if (typeof branch !== 'object' || branch === null) continue
    for (const reference of referencesInBranch(branch)) found.set(nameOf(reference), reference)
  }
  return [...found.values()]
})

const referencesInBranch = rememberedByBranch((branch): readonly Reference[] => {
  const found = new Map<string, Reference>()
  visit(branch, found)
  return [...found.values()]
})

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

function visit(value: unknown, found: Map<string, Reference>): void {
  if (Array.isArray(value)) {
    for (const element of value) visit(element, found)
    return
  }
  if (!isJsonObject(value)) return
  const {_ref: target} = value
  if (typeof target !== 'string') {
    for (const inner of Object.values(value)) visit(inner, found)
    return
  }
  const strong = value['_weak'] !== true && value['_dataset'] === undefined
  const reference = {target, strong}
  found.set(nameOf(reference), reference)
}

function nameOf({target, strong}: Reference): string {
  return `${target} ${strong}`
}
