import type {Reference} from '../store/documentRows.ts'
import {rememberedByBranch} from './branches.ts'
import {documentDepth, flaws, unusableIn} from './contents.ts'
import {isJsonObject} from './document.ts'

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
export function mostBytesOf(text: string): number {
  return text.length * widestCharacter
}

/** The facts of a branch that is an attribute's value. */
export const factsOf = rememberedByBranch((branch): BranchFacts => walkOf(branch))

/** The facts of a value that holds nothing. */
export function factsOfScalar(value: unknown): BranchFacts {
  return walkOf(value)
}

type Walk = Omit<BranchFacts, 'references'> & {references: Reference[]}

function walkOf(value: unknown): Walk {
  const walk: Walk = {flaw: undefined, bytes: 0, values: 0, references: []}
  visit(value, 1, walk, true)
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
    const {_ref: target} = value
    const isReference = refers && typeof target === 'string'
    if (isReference) {
      const strong = value['_weak'] !== true && value['_dataset'] === undefined
      walk.references.push({target, strong})
    }
    for (const key in value) {
      const unusable = unusableIn(key)
      if (unusable !== undefined) walk.flaw ??= flaws.name(unusable)
      walk.bytes += mostBytesOf(key)
      visit(value[key], depth + 1, walk, refers && !isReference)
    }
  }
}
