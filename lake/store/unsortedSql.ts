import type {Selection, View} from '../query/selection.ts'
import {columnOf} from './bodies.ts'
import {limitBound, type Sql} from './conditionSql.ts'
import {
  conditionOf,
  costOf,
  countingLimit,
  fewEnough,
  shortWalk,
  type Driver,
  type Statistics,
  type Walk,
} from './drivers.ts'

/** A way to a selection's documents without a sort, which may turn out not to be enough. */
export type Unsorted = Sql & {
  /** For how many documents that are read it counts. */
  cost: number
  /** Whether it may end before it has found what there is. */
  mayEndEarly: boolean
}

/** Entries that a long walk goes past when it is not known how far it will have to go. */
const blindEntries = 1_000

/** Entries that a walk goes past at most before it is given up. */
const mostEntries = 32_768

/**
 * The first few documents of a selection and one more, equals in any order, where a driver leads to them in their order but
 * for equals, or to hardly more than are wanted. Each row ends with what tells equals apart. `undefined` where only a sort
 * will do.
 */
export function unsortedOf(
  selection: Selection,
  view: View,
  {driver, condition}: {driver: Driver; condition: Sql},
  statistics: Statistics,
): Unsorted | undefined {
  const {where, order, limit = 0, offset, sift} = selection
  if (sift || limit === 0 || limit > countingLimit || offset > 0 || order.length > 1)
    return undefined
  const body = `SELECT d.id, ${columnOf(selection)}`
  const [first] = order
  if (first === undefined) {
    if (driver.rows >= limit + fewEnough) return undefined
    return {
      ...rowsOf(body, driver.from, condition, '', limit),
      cost: driver.rows,
      mayEndEarly: false,
    }
  }
  const {walk} = driver
  if (!walk || driver.several) return undefined
  const direction = first.descending ? ' DESC' : ''
  const by = `ORDER BY e.rank${direction}, e.value${direction}`
  const columns = `${body}, e.rank, e.value`
  const cost = walk.expected === undefined ? costOf({...driver, rows: shortWalk}) : costOfWalk(walk)
  if (driver.rows <= shortWalk) {
    return {...rowsOf(columns, driver.from, condition, by, limit), cost, mayEndEarly: false}
  }
  const beyond = driver.conditions.filter((condition) => condition !== walk.entries)
  const rest = conditionOf(where, view, {...driver, conditions: beyond}, statistics)
  return {...rowsOf(columns, beginning(walk, by), rest, '', limit), cost, mayEndEarly: true}
}

function rowsOf(columns: string, from: Sql, condition: Sql, by: string, limit: number): Sql {
  return {
    text: `${columns} FROM ${from.text} WHERE ${condition.text} ${by} ${limitBound}`,
    values: [...from.values, ...condition.values, limit + 1],
  }
}

function costOfWalk({expected = blindEntries, weight}: Walk): number {
  return Math.ceil(Math.min(expected, mostEntries) * weight)
}

/** The beginning of a walk, whose documents come as it has sorted its entries: four times as far as should be needed. */
function beginning({entries, expected}: Walk, by: string): Sql {
  // Powers of two, so that there are few different statements.
  const wanted = expected === undefined ? blindEntries : 2 ** Math.ceil(Math.log2(4 * expected))
  const inner = `SELECT e.docid, e.bundle, e.rank, e.value FROM key_entry e WHERE ${entries.text} ${by} LIMIT ${Math.min(wanted, mostEntries)}`
  return {
    text: `(${inner}) e CROSS JOIN document d ON d.docid = e.docid`,
    values: entries.values,
  }
}
