import {OpaqueValue} from './value.ts'

/**
 * A pattern of document ids: `path("drafts.*")`. `*` stands for one segment between dots, `**` for one or more, also empty
 * ones (GROQ functions reference, "path"). Matching takes no more than segments times segments, whatever the pattern.
 */
export class PathPattern extends OpaqueValue {
  readonly pattern: string
  readonly #segments: readonly string[]
  /** What stands before a `**` at the end, where nothing else is a wildcard: ids only have to begin with it. */
  readonly #beginning: string | undefined

  constructor(pattern: string) {
    super()
    this.pattern = pattern
    this.#segments = pattern.split('.')
    const before = this.#segments.slice(0, -1)
    const isLast = this.#segments.at(-1) === '**' && !before.some((part) => part.startsWith('*'))
    this.#beginning = isLast ? pattern.slice(0, -'**'.length) : undefined
  }

  matches(id: string): boolean {
    if (this.#beginning !== undefined) return id.startsWith(this.#beginning)
    return fits(this.#segments, id.split('.'))
  }

  toJSON(): string {
    return this.pattern
  }
}

/** Where the rest does not fit, the last `**` takes in one segment more and the rest is tried again. */
function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  let index = 0
  let position = 0
  let lastRest: {index: number; end: number} | undefined
  while (position < segments.length) {
    if (pattern[index] === '**') {
      lastRest = {index, end: position + 1}
    } else if (index < pattern.length && fitsSegment(pattern[index], segments[position])) {
      index++
      position++
      continue
    } else if (lastRest !== undefined) {
      lastRest.end++
    } else {
      return false
    }
    index = lastRest.index + 1
    position = lastRest.end
  }
  return index === pattern.length && position === segments.length
}

function fitsSegment(wanted: string | undefined, segment: string | undefined): boolean {
  return wanted === '*' ? segment !== '' : wanted === segment
}
