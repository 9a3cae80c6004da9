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
import {chooseDriver, conditionOf, costOf, type Driver, type Statistics} from './drivers.ts'
import {keySql, nameOf} from './keySql.ts'
import {siftedColumn} from './sifted.ts'
import {unsortedOf, type Unsorted} from './unsortedSql.ts'

export type SelectionPlan = {
  /** How many documents were handed over. */
  read: number
  lookedAtAgain: boolean
  sql: Sql
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
  const column = selectedColumn(selection)
  const body = `SELECT d.id, ${column.text}`
  const sorted = `${from} ORDER BY ${orderSql(selection, view, driver)} ${limitBound} OFFSET ?`
  const sql: Sql = {
    text: isSortedFirst(selection, driver)
      ? `${body} FROM (SELECT d.docid ${sorted}) s CROSS JOIN document d ON d.docid = s.docid`
      : `${body} ${sorted}`,
    values: [...column.values, ...values, limit ?? -1, offset],
  }
  return {
    sql,
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

/** Whether many may be sorted of which few are wanted: then only those are read. They come as the inner question sorted them. */
function isSortedFirst({order, limit, expected}: Selection, driver: Driver): boolean {
  const inOrder = driver.ordered && !driver.several
  return order.length > 0 && !inOrder && (limit ?? expected) !== undefined
}

function selectedColumn(selection: Selection): Sql {
  const {sift} = selection
  return sift ? siftedColumn({...selection, sift}) : {text: columnOf(selection), values: []}
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
