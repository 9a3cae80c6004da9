import type {Condition, View} from '../query/selection.ts'
import {conjuncts} from './conditionParts.ts'
import {conditionSql, conjunction, type Sql} from './conditionSql.ts'
import {chooseDriver, conditionOf, type Driver, type Statistics} from './drivers.ts'
import type {SelectionPlan} from './selectionSql.ts'

/** The SQL that counts what meets a condition. */
export function planCount(where: Condition, view: View, statistics: Statistics): SelectionPlan {
  const selection = {where, order: [], offset: 0, limit: undefined, attributes: []}
  const driver = chooseDriver(selection, view, statistics)
  const condition = conditionOf(where, view, driver, statistics)
  return {
    sql: countOfEntries(where, view, driver, statistics) ?? {
      text: `SELECT count(*) AS count FROM ${driver.from.text} WHERE ${condition.text}`,
      values: [...driver.from.values, ...condition.values],
    },
    driver: driver.name,
    index: driver.index,
    rows: driver.rows,
    missed: driver.missed,
    read: 0,
    lookedAtAgain: false,
  }
}

/** Counts an index without a document, where it knows all that is asked: what the public may not read is few and taken off. */
function countOfEntries(
  where: Condition,
  view: View,
  driver: Driver,
  statistics: Statistics,
): Sql | undefined {
  const covered = conjuncts(where).every((part) => driver.covered.includes(part))
  const {perspective, publicOnly} = view
  if (!driver.bundle || !covered || (perspective.kind === 'stack' && !publicOnly)) return undefined
  const all = conjunction(driver.conditions)
  if (perspective.kind === 'raw' && !publicOnly) {
    return {text: `SELECT count(*) AS count FROM key_entry e WHERE ${all.text}`, values: all.values}
  }
  const counted = `SELECT count(*) FROM key_entry e WHERE ${all.text} AND e.bundle = ''`
  if (!publicOnly) return {text: `SELECT (${counted}) AS count`, values: all.values}
  const hidden = conditionSql(where, view, statistics.words)
  return {
    text: `SELECT (${counted}) - (SELECT count(*) FROM ${publishedWithDot} AND ${hidden.text}) AS count`,
    values: [...all.values, ...hidden.values],
  }
}

/** Published documents that the public may not read: there are few, and `document_with_dot` is of them alone. */
export const publishedWithDot =
  "document d INDEXED BY document_with_dot WHERE d.bundle = '' AND instr(d.id, '.') > 0"
