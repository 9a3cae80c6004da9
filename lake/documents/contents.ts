/** What a document may be nested; the hosted lake allows 20 levels of attributes. */
export const documentDepth = 100

/**
 * JSON may hold these names, and JavaScript may not rely on objects that have them: `__proto__` is lost in
 * copying, and whoever asks an object `hasOwnProperty`, as GROQ and the Studio do, fails on every document of a list.
 */
const unusableName = /(?:^|[.["'])(__proto__|hasOwnProperty)(?:$|[.["'\]])/
const shortestUnusable = '__proto__'.length

/**
 * What keeps a value from being stored, as a sentence; `undefined` when nothing does. Paths of patches are keys too,
 * and are read as such. Walks without recursion, since depth is what it looks for.
 */
export function flawOf(value: unknown, maximumDepth: number): string | undefined {
  const waiting = [{value, depth: 0}]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const {value: here, depth} = next
    if (typeof here === 'number' && !Number.isFinite(here)) {
      return 'A number is too large to be kept.'
    }
    if (typeof here !== 'object' || here === null) continue
    if (depth > maximumDepth) return `The JSON is nested more than ${maximumDepth} levels deep.`
    const isArray = Array.isArray(here)
    const name = isArray ? undefined : unusableNameIn(here)
    if (name !== undefined) {
      return `An attribute cannot be called "${name}": programs that read it would fail.`
    }
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
    const name = key.length < shortestUnusable ? undefined : unusableName.exec(key)?.[1]
    if (name !== undefined) return name
  }
  return undefined
}
