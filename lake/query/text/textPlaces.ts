/**
 * Where text stands in documents, as the text index names it: `headline` for the strings in an attribute, and for running text,
 * which blocks have, the way that leads to the blocks: `pt::text(sections[].body[])`.
 */

const plainName = /^[A-Za-z_][A-Za-z0-9_-]*$/

/** The way to an attribute of what a way leads to. No two attributes have the same. */
export function wayInto(way: string, name: string): string {
  if (!plainName.test(name)) return `${way}[${JSON.stringify(name)}]`
  return way === '' ? name : `${way}.${name}`
}

/** The way to the elements of what a way leads to. */
export function wayToElements(way: string): string {
  return `${way}[]`
}

/** The running text of the blocks that a way leads to. `pt::text` sees blocks in arrays of arrays as if they stood in one. */
export function runningTextAt(way: string): string {
  return `pt::text(${way.replace(/(\[\])+$/, '[]')})`
}

/** All running text in an attribute, wherever in it. */
export function runningTextIn(attribute: string): string {
  return `pt::text(${wayInto('', attribute)}, anywhere)`
}

/** A word that the index can tell `match` of: nothing of it is folded away or taken apart. */
export function isPlainWord(word: string): boolean {
  return /^[a-z0-9_]+$/.test(word)
}
