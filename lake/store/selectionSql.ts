import type {
  Condition,
  IndexKey,
  Key,
  Selection,
  SelectionReport,
  View,
} from '../query/selection.ts'
import {columnOf} from './bodies.ts'
import {conjuncts, isColumn} from './conditionParts.ts'
import {idColumn, limitBound, type Sql} from './conditionSql.ts'
import {
  chooseDriver,
  conditionOf,
  costOf,
  countingLimit,
  type Driver,
  type Statistics,
} from './drivers.ts'
import {keySql, nameOf} from './keySql.ts'
import {siftedColumn} from './sifted.ts'
import {unsortedOf, type Unsorted} from './unsortedSql.ts'

export type SelectionPlan = {
  /** How many documents were handed over. */
  read: number
  lookedAtAgain: boolean
  sql: Sql
  /** The same in two parts, where it is certain that hardly more than the first is going to be taken. */
  parts?: {first: Sql; further: Sql} | undefined
  /** How to have the same without a sort, if that turns out to be enough. */
  unsorted?: Unsorted | undefined
  driver: string
  /** The name of the key whose index it goes by. */
  index?: string | undefined
  /** At most how many documents the driver leads to. */
  rows: number
  /** For how many documents that are read it counts, as far as can be told; `rows` where that is not said. */
  cost?: number
  /** Keys by which an index could have led to fewer documents. */
  missed: readonly IndexKey[]
}

/** The SQL of one selection: what leads to the documents, what they must meet, in which order. */
export function planSelection(
  selection: Selection,
  view: View,
  statistics: Statistics,
): SelectionPlan {
  const driver = chooseDriver(selection, view, statistics)
  const {where, limit, offset} = selection
  const condition = conditionOf(where, view, driver, statistics)
  const from = `FROM ${driver.from.text} WHERE ${condition.text}`
  const values = [...driver.from.values, ...condition.values]
  const column = selectedColumn(selection, statistics)
  const body = `SELECT d.id, ${column.text}`
  const sorted = `${from} ORDER BY ${orderSql(selection, view, driver)} ${limitBound} OFFSET ?`
  const text = isSortedFirst(selection, driver)
    ? `${body} FROM (SELECT d.docid ${sorted}) s CROSS JOIN document d ON d.docid = s.docid`
    : `${body} ${sorted}`
  const rows = (most: number, after: number): Sql => ({
    text,
    values: [...column.values, ...values, most, after],
  })
  const few = likelyTaken(selection)
  return {
    sql: rows(limit ?? -1, offset),
    parts: few === undefined ? undefined : {first: rows(few, 0), further: rows(-1, few)},
    unsorted: unsortedOf(selection, view, {driver, condition}, statistics),
    driver: driver.name,
    index: driver.index,
    rows: driver.rows,
    cost: costOf(driver, selection),
    missed: driver.missed,
    read: 0,
    lookedAtAgain: selection.sift !== undefined,
  }
}

/** How many documents will do, where nearly all that are led to pass; not beyond what may be read at once. */
function likelyTaken({expected, limit, sift}: Selection): number | undefined {
  const isLikely = sift?.certain === true && limit === undefined
  return isLikely && expected !== undefined && expected <= countingLimit ? expected : undefined
}

/** Whether many may be sorted of which few are wanted: then only those are read. They come as the inner question sorted them. */
function isSortedFirst({order, limit, expected}: Selection, driver: Driver): boolean {
  const inOrder = driver.ordered && !driver.several
  return order.length > 0 && !inOrder && (limit ?? expected) !== undefined
}

function selectedColumn(selection: Selection, statistics: Statistics): Sql {
  const {sift} = selection
  if (sift) return siftedColumn({...selection, sift}, statistics)
  return {text: columnOf(selection), values: []}
}

function orderSql({order, where}: Selection, view: View, driver: Driver): string {
  const parts = conjuncts(where)
  const keys = order.map(({key, descending}, place) => {
    const direction = descending ? ' DESC' : ''
    if (place === 0 && driver.ordered) return `e.rank${direction}, e.value${direction}`
    const {rank, value, scalar} = keySql(key, idColumn(view))
    if (parts.some((part) => isComparedBy(part, key))) return `${scalar}${direction}`
    // A rank that is the same for all is left out: a number by itself would mean a column of the result.
    return isColumn(key) ? `${value}${direction}` : `${rank}${direction}, ${value}${direction}`
  })
  return [...keys, idColumn(view)].join(', ')
}

/** What a plan did, for people. */
export function reportOf(plan: SelectionPlan): SelectionReport {
  return {
    driver: plan.driver,
    ledTo: plan.rows,
    read: plan.read,
    lookedAtAgain: plan.lookedAtAgain,
    indexWouldHelp: plan.missed.map(nameOf),
    sql: plan.sql.text,
  }
}

/** Whether a condition makes sure that all values of a key are of one rank. */
function isComparedBy(part: Condition, key: Key): boolean {
  const isOfRank = part.kind === 'compare' && part.value !== null && part.operator !== '!='
  return isOfRank && nameOf(part.key) === nameOf(key)
}
