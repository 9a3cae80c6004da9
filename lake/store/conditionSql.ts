import type {Comparison, Condition, Key, Scalar, View, WordsCondition} from '../query/selection.ts'
import {isInBundles} from './groupSql.ts'
import {keySql, pathSql, ranks, type KeySql} from './keySql.ts'
import {referrersSql, refersSql} from './referenceIndex.ts'

/** SQL text and what is bound to its question marks, in order. */
export type Sql = {text: string; values: readonly (string | number)[]}

/** Whether words stand in the document of a `docid`, as the text index knows; made by whoever owns that index. */
export type WordsSql = (condition: WordsCondition, docid: string) => Sql

/**
 * A bound number of rows. By itself it would make SQLite plan the statement anew whenever a number is bound, since it looks at
 * limits when it plans.
 */
export const limitBound = 'LIMIT (0 + ?)'

/** Equal to a bound value. Of a bare one SQLite would see whether it is a small number, and plan the statement anew each time. */
export const equalsBound = '= +?'

/** A comparison with a bound value. */
export function boundAs(operator: Comparison): string {
  return operator === '==' ? equalsBound : `${operator} ?`
}

/** The column with the id under which a view shows a document. */
export function idColumn(view: View): string {
  return view.perspective.kind === 'stack' ? 'd.group_id' : 'd.id'
}

/** The SQL over `document AS d` that is true for the documents that a view shows; `bundle` is where theirs stands. */
export function viewSql({perspective, publicOnly}: View, bundle = 'd.bundle'): Sql {
  const parts: Sql[] = []
  if (publicOnly) parts.push({text: "instr(d.id, '.') = 0", values: []})
  if (perspective.kind === 'published') parts.push({text: `${bundle} = ''`, values: []})
  if (perspective.kind === 'stack') parts.push(leftmost(perspective.names, publicOnly, bundle))
  return conjunction(parts)
}

/** Each document as the leftmost of its versions: one of a bundle further left hides it. */
function leftmost(names: readonly string[], publicOnly: boolean, own: string): Sql {
  if (publicOnly) return {text: `${own} = ''`, values: []}
  const bundles = [...names, '']
  const alternatives = bundles.map((bundle, place): Sql => {
    const better = bundles.slice(0, place)
    if (better.length === 0) return {text: `${own} ${equalsBound}`, values: [bundle]}
    const hidden = isInBundles('d.group_id', better.length)
    return {text: `${own} ${equalsBound} AND NOT ${hidden}`, values: [bundle, ...better]}
  })
  return disjunction(alternatives)
}

/**
 * The SQL over `document AS d` that is true for the documents that meet a condition. `docid` is where theirs is known before
 * the document itself is read.
 */
export function conditionSql(
  condition: Condition,
  view: View,
  words: WordsSql,
  docid = 'd.docid',
): Sql {
  const key = (asked: Key) => keySql(asked, idColumn(view))
  const id = idColumn(view)
  switch (condition.kind) {
    case 'always':
      return {text: 'TRUE', values: []}
    case 'never':
      return {text: 'FALSE', values: []}
    case 'all':
      return conjunction(condition.of.map((part) => conditionSql(part, view, words, docid)))
    case 'any':
      return disjunction(condition.of.map((part) => conditionSql(part, view, words, docid)))
    case 'compare':
      return compare(key(condition.key), condition.operator, condition.value)
    case 'oneOf': {
      const {isOf, scalar} = key(condition.key)
      const isString = isOf(ranks.string)
      const list = JSON.stringify(condition.values)
      const inside = `${scalar} IN (SELECT value FROM json_each(?))`
      return condition.negated
        ? {text: `(NOT ${isString} OR NOT ${inside})`, values: [list]}
        : {text: `(${isString} AND ${inside})`, values: [list]}
    }
    case 'defined': {
      const {present} = key(condition.key)
      return {text: condition.negated ? `NOT (${present})` : present, values: []}
    }
    case 'references':
      return references(condition, docid)
    case 'holds':
      return holds(condition)
    case 'idUnder':
      return idUnder(condition, id)
    case 'inGroups':
      return {
        text: 'd.group_id IN (SELECT value FROM json_each(?))',
        values: [JSON.stringify(condition.ids)],
      }
    case 'inRelease':
      return {text: `d.bundle ${equalsBound}`, values: [condition.name]}
    case 'words':
      return words(condition, docid)
  }
}

/** More targets than this are put into one list, which is then made for every question. */
const mostTargets = 8

function references({ids, negated}: Extract<Condition, {kind: 'references'}>, docid: string): Sql {
  const not = negated ? 'NOT ' : ''
  if (ids.length > mostTargets) {
    const {text, values} = referrersSql(ids)
    return {text: `${docid} ${not}IN (${text})`, values}
  }
  // With the sign, SQLite asks this before it reads the document: without, it makes a join of it that comes last.
  const exist = ids.map(() => `+${refersSql(docid)}`)
  return {text: `${not}(${exist.join(' OR ') || 'FALSE'})`, values: ids}
}

function compare(key: KeySql, operator: Comparison, value: Scalar): Sql {
  if (value === null) {
    if (operator === '==') return {text: `NOT (${key.present})`, values: []}
    return {text: operator === '!=' ? key.present : 'FALSE', values: []}
  }
  const {rank, bound} = bind(value)
  if (operator === '!=') {
    return {text: `(NOT ${key.isOf(rank)} OR ${key.scalar} <> ?)`, values: [bound]}
  }
  return {text: `(${key.isOf(rank)} AND ${key.scalar} ${boundAs(operator)})`, values: [bound]}
}

/** A scalar as the index and the comparisons hold it. */
export function bind(value: string | number | boolean): {rank: number; bound: string | number} {
  if (typeof value === 'string') return {rank: ranks.string, bound: value}
  if (typeof value === 'number') return {rank: ranks.number, bound: value}
  return {rank: ranks.boolean, bound: value ? 1 : 0}
}

function holds({key, value}: Extract<Condition, {kind: 'holds'}>): Sql {
  if ('firstOf' in key) return {text: 'TRUE', values: []}
  const path = pathSql(key.steps)
  return {
    text: `(json_type(d.body, ${path}) = 'array' AND EXISTS (SELECT 1 FROM json_each(d.body, ${path}) e WHERE e.type = 'text' AND e.value = ?))`,
    values: [value],
  }
}

function idUnder({prefix, depth, negated}: Extract<Condition, {kind: 'idUnder'}>, id: string): Sql {
  const parts: Sql[] = []
  if (prefix !== '') {
    // Prefixes end with a dot; the slash is the next character.
    parts.push({text: `${id} >= ? AND ${id} < ?`, values: [prefix, `${prefix.slice(0, -1)}/`]})
  }
  if (depth === 'one') {
    const rest = `substr(${id}, ${prefix.length + 1})`
    parts.push({text: `${rest} <> '' AND instr(${rest}, '.') = 0`, values: []})
  }
  const {text, values} = conjunction(parts)
  return {text: negated ? `NOT ${text}` : text, values}
}

/** All of these; true when there are none. */
export function conjunction(parts: readonly Sql[]): Sql {
  return joined(parts, ' AND ', 'TRUE')
}

/** One of these; false when there are none. */
export function disjunction(parts: readonly Sql[]): Sql {
  return joined(parts, ' OR ', 'FALSE')
}

function joined(parts: readonly Sql[], by: string, empty: string): Sql {
  if (parts.length === 0) return {text: empty, values: []}
  return {
    text: `(${parts.map(({text}) => text).join(by)})`,
    values: parts.flatMap(({values}) => values),
  }
}
