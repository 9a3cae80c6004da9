/** What a document may be nested; the hosted lake allows 20 levels of attributes. */
export const documentDepth = 100

/**
 * JSON may hold these names, and JavaScript may not rely on objects that have them: `__proto__` is lost in
 * copying, and whoever asks an object `hasOwnProperty`, as GROQ and the Studio do, fails on every document of a list.
 */
const unusableName = /(?:^|[.["'])(__proto__|hasOwnProperty)(?:$|[.["'\]])/

/** What may be wrong with a value, as a sentence. */
export const flaws = {
  number: 'A number is too large to be kept.',
  depth: (most: number) => `The JSON is nested more than ${most} levels deep.`,
  name: (name: string) =>
    `An attribute cannot be called "${name}": programs that read it would fail.`,
} as const

/**
 * What keeps a value from being stored, as a sentence; `undefined` when nothing does. Paths of patches are keys too,
 * and are read as such. Walks without recursion, since depth is what it looks for.
 */
export function flawOf(value: unknown, maximumDepth: number): string | undefined {
  const waiting = [{value, depth: 0}]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const {value: here, depth} = next
    if (typeof here === 'number' && !Number.isFinite(here)) return flaws.number
    if (typeof here !== 'object' || here === null) continue
    if (depth > maximumDepth) return flaws.depth(maximumDepth)
    const isArray = Array.isArray(here)
    const name = isArray ? undefined : unusableNameIn(here)
    if (name !== undefined) return flaws.name(name)
    const inside: unknown[] = isArray ? here : Object.values(here)
    for (const inner of inside) {
      // Most of a document is text, in which there is nothing to find.
      if (typeof inner !== 'string') waiting.push({value: inner, depth: depth + 1})
    }
  }
  return undefined
}

function unusableNameIn(here: object): string | undefined {
  for (const key of Object.keys(here)) {
    const name = unusableIn(key)
    if (name !== undefined) return name
  }
  return undefined
}

/** What is wrong with the name of an attribute, as a sentence; `undefined` when nothing is. */
export function flawOfName(name: string): string | undefined {
  const unusable = unusableIn(name)
  return unusable === undefined ? undefined : flaws.name(unusable)
}

/** The name in an attribute's that a document may not have. */
function unusableIn(key: string): string | undefined {
  // The pattern is slow to say what every name but a few is, and most are shorter than either.
  if (key.length < '__proto__'.length) return undefined
  const mayBe = key.includes('__proto__') || key.includes('hasOwnProperty')
  return mayBe ? unusableName.exec(key)?.[1] : undefined
}
