import type {JsonObject} from '../documents/document.ts'
import {valueOf} from '../query/keyValue.ts'
import type {IndexKey, Key} from '../query/selection.ts'

/** How people write the key: `slug.current`, `coalesce(updates[-1].at, publishedAt)`, `tags[]`. Also what keys are known by. */
export function nameOf(key: IndexKey): string {
  const known = names.get(key)
  if (known !== undefined) return known
  const name = nameFor(key)
  names.set(key, name)
  return name
}

const names = new WeakMap<IndexKey, string>()

function nameFor(key: IndexKey): string {
  if ('elementsOf' in key) return `${nameOf({steps: key.elementsOf})}[]`
  if ('firstOf' in key) return `coalesce(${key.firstOf.map(nameOf).join(', ')})`
  return key.steps
    .map((step, place) => {
      if (typeof step === 'number') return `[${step}]`
      const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(step)
      if (!plain) return place === 0 ? `@[${JSON.stringify(step)}]` : `[${JSON.stringify(step)}]`
      return place === 0 ? step : `.${step}`
    })
    .join('')
}

/** Where a value stands in GROQ's total order (GROQ specification, "order()"): numbers, strings, booleans, the rest. */
export const ranks = {number: 1, string: 2, boolean: 3, other: 4} as const

/** A key in SQL over `document AS d`: its rank, and the value within that rank (`NULL` where all are equal). */
export type KeySql = {
  rank: string
  value: string
  present: string
  /** Whether it is of this rank, true or false. */
  isOf(rank: number): string
  /** The value where it is known to be a number, a string or a boolean. */
  scalar: string
}

/** The SQL that reads a key from a document; `idColumn` is the id under which the view shows it. */
export function keySql(key: Key, idColumn: string): KeySql {
  if ('firstOf' in key) {
    const options = key.firstOf.map((option) => keySql(option, idColumn))
    const choose = (part: 'rank' | 'value') =>
      `CASE ${options.map((option) => `WHEN ${option.present} THEN ${option[part]}`).join(' ')} ELSE ${part === 'rank' ? ranks.other : 'NULL'} END`
    const rank = choose('rank')
    const value = choose('value')
    return {
      rank,
      value,
      isOf: (asked) => `${rank} = ${asked}`,
      scalar: value,
      present: `(${options.map(({present}) => present).join(' OR ')})`,
    }
  }
  const column = columnOf(key.steps, idColumn)
  if (column !== undefined) {
    const isOf = (rank: number) => (rank === ranks.string ? 'TRUE' : 'FALSE')
    return {rank: String(ranks.string), value: column, present: 'TRUE', isOf, scalar: column}
  }
  const path = pathSql(key.steps)
  const type = `json_type(d.body, ${path})`
  return {
    rank: `CASE ${type} WHEN 'text' THEN ${ranks.string} WHEN 'integer' THEN ${ranks.number} WHEN 'real' THEN ${ranks.number} WHEN 'true' THEN ${ranks.boolean} WHEN 'false' THEN ${ranks.boolean} ELSE ${ranks.other} END`,
    value: `CASE WHEN ${type} IN ('object', 'array') THEN NULL ELSE d.body ->> ${path} END`,
    present: `coalesce(${type}, 'null') <> 'null'`,
    isOf: (rank) => `coalesce(${type}, '') IN (${typesOfRank(rank)})`,
    scalar: `d.body ->> ${path}`,
  }
}

/** SQLite's names of the types that a rank is of. */
function typesOfRank(rank: number): string {
  if (rank === ranks.string) return "'text'"
  return rank === ranks.number ? "'integer', 'real'" : "'true', 'false'"
}

/** A JSON path as an SQL literal. Keys hold only names that such a path can hold. */
export function pathSql(steps: readonly (string | number)[]): string {
  const parts = steps.map((step) => (typeof step === 'string' ? `."${step}"` : `[${place(step)}]`))
  return `'$${parts.join('').replaceAll("'", "''")}'`
}

function place(index: number): string {
  return index < 0 ? `#${index}` : String(index)
}

function columnOf(steps: readonly (string | number)[], idColumn: string): string | undefined {
  if (steps.length !== 1) return undefined
  if (steps[0] === '_id') return idColumn
  if (steps[0] === '_originalId' && idColumn !== 'd.id') return 'd.id'
  return steps[0] === '_type' ? 'd.type' : undefined
}

/** A place in an index: the rank in GROQ's order, and the value within it. */
export type IndexedValue = {rank: number; value: string | number}

/** What an index stores for a document: one value of a key, or each string in an array once. */
export function indexedValues(document: JsonObject, key: IndexKey): readonly IndexedValue[] {
  if (!('elementsOf' in key)) return [indexedValue(document, key)]
  const elements = valueOf(document, {steps: key.elementsOf})
  if (!Array.isArray(elements)) return []
  // What is no text (half of a surrogate pair alone) would be stored as another one.
  const strings = elements.flatMap((element) =>
    typeof element === 'string' && element.isWellFormed() ? [element] : [],
  )
  return [...new Set(strings)].map((value) => ({rank: ranks.string, value}))
}

function indexedValue(document: JsonObject, key: Key): IndexedValue {
  const value = valueOf(document, key)
  if (typeof value === 'string') return {rank: ranks.string, value}
  if (typeof value === 'number') return {rank: ranks.number, value}
  if (typeof value === 'boolean') return {rank: ranks.boolean, value: value ? 1 : 0}
  return {rank: ranks.other, value: ''}
}
