import type {Reference} from '../store/referenceIndex.ts'
import {rememberedByBranch} from './branches.ts'
import {documentDepth, flawOfName, flaws} from './contents.ts'
import {isJsonObject, type JsonObject} from './document.ts'

/** What is looked for in a branch of a document, found in one walk. */
export type BranchFacts = {
  /** What keeps it from being stored, as a sentence. */
  flaw: string | undefined
  /** At least as many bytes as its JSON has. */
  bytes: number
  /** Values in it, itself included. */
  values: number
  /** What it refers to, as often as it does. */
  references: readonly Reference[]
}

/** As many bytes as a character can take in JSON: `\\u0000`. */
const widestCharacter = 6

/** More than any number, and than quotes, colon and comma, takes. */
const widestScalar = 32

/** At least as many bytes as a string takes in JSON, beside what every value takes. */
function mostBytesOf(text: string): number {
  return text.length * widestCharacter
}

/** The facts of a branch that is an attribute's value. */
export const factsOf = rememberedByBranch((branch): BranchFacts => walkOf(branch, 1))

/** The facts of a value that holds nothing. */
export function factsOfScalar(value: unknown): BranchFacts {
  return walkOf(value, 1)
}

/** The facts of a document of which no branch has been looked at yet: all of it is walked at once. */
export function factsOfNew(document: JsonObject): BranchFacts {
  const facts = walkOf(document, 0)
  facts.references = distinct(facts.references)
  ofDocuments.set(document, facts)
  return facts
}

/**
 * The facts of a document that has been found sound, put together of what is known of its branches. It refers to each target
 * once a strength.
 */
export function factsOfDocument(document: JsonObject): SoundFacts {
  const known = ofDocuments.get(document)
  if (known !== undefined) return known
  const facts = isReference(document) ? walkOf(document, 0) : sumOf(document)
  facts.references = distinct(facts.references)
  ofDocuments.set(document, facts)
  return facts
}

/** Of so many, looking through all is faster than a map. */
const fewReferences = 16

function distinct(references: readonly Reference[]): Reference[] {
  if (references.length > fewReferences) {
    const byName = new Map(references.map((one) => [`${one.target} ${one.strong}`, one]))
    return [...byName.values()]
  }
  return references.filter(
    ({target, strong}, place) =>
      references.findIndex((one) => one.target === target && one.strong === strong) === place,
  )
}

/** A document is never changed in place. */
const ofDocuments = new WeakMap<object, SoundFacts>()

type SoundFacts = Omit<BranchFacts, 'flaw'>

function isReference(object: JsonObject): boolean {
  return typeof object['_ref'] === 'string'
}

function sumOf(document: JsonObject): Omit<Walk, 'flaw'> {
  const references: Reference[] = []
  let bytes = widestScalar
  let values = 1
  for (const name in document) {
    const value = document[name]
    const isBranch = typeof value === 'object' && value !== null
    const facts = isBranch ? factsOf(value) : factsOfScalar(value)
    bytes += mostBytesOf(name) + facts.bytes
    values += facts.values
    for (const reference of facts.references) references.push(reference)
  }
  return {bytes, values, references}
}

type Walk = Omit<BranchFacts, 'references'> & {references: Reference[]}

function walkOf(value: unknown, depth: number): Walk {
  const walk: Walk = {flaw: undefined, bytes: 0, values: 0, references: []}
  visit(value, depth, walk, true)
  return walk
}

/** `refers`: whether references count here; what stands inside one is none. */
function visit(value: unknown, depth: number, walk: Walk, refers: boolean): void {
  walk.values += 1
  walk.bytes += widestScalar
  if (typeof value === 'string') {
    walk.bytes += mostBytesOf(value)
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) walk.flaw ??= flaws.number
  } else if (typeof value !== 'object' || value === null) {
    return
  } else if (depth > documentDepth) {
    walk.flaw ??= flaws.depth(documentDepth)
  } else if (Array.isArray(value)) {
    for (const element of value) visit(element, depth + 1, walk, refers)
  } else if (isJsonObject(value)) {
    visitObject(value, depth, walk, refers)
  }
}

function visitObject(object: JsonObject, depth: number, walk: Walk, refers: boolean): void {
  const before = walk.references.length
  let target: string | undefined
  for (const name in object) {
    const value = object[name]
    walk.flaw ??= flawOfName(name)
    walk.bytes += mostBytesOf(name)
    if (name === '_ref' && typeof value === 'string') target = value
    visit(value, depth + 1, walk, refers)
  }
  if (!refers || target === undefined) return
  walk.references.length = before
  const strong = object['_weak'] !== true && object['_dataset'] === undefined
  walk.references.push({target, strong})
}
