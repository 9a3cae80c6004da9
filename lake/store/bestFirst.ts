import {compareStrings} from '../query/evaluate/comparison.ts'
import type {Sql} from './conditionSql.ts'
import type {RankedPlan} from './rankedSql.ts'
import type {SelectionPlan} from './selectionSql.ts'

/**
 * A document that may score, the most that it can, whether the text index is certain of it, and what each of the words scores.
 */
export type RankedRow = {
  docid: number
  id: string
  most: number
  certain: boolean
  words: readonly number[]
}

/** Some of the best turn out not to match, so that more are looked up than are wanted: so many times as many, and so many more. */
const ampleness = 1.5
const spare = 10
/** When they do not suffice, so many times as many are. */
const growth = 8
/** More than so many are not sorted apart: then it is all of them. */
const mostSorted = 10_000

/** Where the rows come from, and who hears of what is asked. */
type Asking = {
  iterate(text: string, values: Sql['values']): Iterable<unknown>
  report(plan: SelectionPlan): void
  /** The id under which the view shows a document. */
  shownId(id: string): string
}

/** What may score, best first, equals by their ids. It is taken one by one: only then is more of it looked up. */
export function* bestFirst(
  {planOf}: RankedPlan,
  expected: number | undefined,
  {iterate, report, shownId}: Asking,
): Generator<RankedRow> {
  let given = 0
  let limit = expected === undefined ? undefined : Math.ceil(ampleness * expected) + spare
  for (;;) {
    const plan = planOf(limit)
    report(plan)
    let seen = 0
    let equals: RankedRow[] = []
    let most = Infinity
    for (const row of iterate(plan.sql.text, plan.sql.values)) {
      seen += 1
      // Equals stand in no order of their own: they are given together, once the next is known.
      if (seen <= given) continue
      const ranked = rankedRow(row)
      if (ranked.most !== most) {
        given = seen - 1
        yield* counted(equals, plan, shownId)
        equals = []
        most = ranked.most
      }
      const {id} = ranked
      if (id !== undefined) equals.push({...ranked, id})
    }
    if (limit === undefined || seen < limit) {
      yield* counted(equals, plan, shownId)
      return
    }
    limit = limit > mostSorted ? undefined : limit * growth
  }
}

function* counted(
  rows: RankedRow[],
  plan: SelectionPlan,
  shownId: Asking['shownId'],
): Generator<RankedRow> {
  if (rows.length > 1) {
    rows.sort((one, other) => compareStrings(shownId(one.id), shownId(other.id)))
  }
  for (const row of rows) {
    plan.read += 1
    yield row
  }
}

/** The `id` is undefined where the document does not meet the filter. */
function rankedRow(row: unknown): Omit<RankedRow, 'id'> & {id: string | undefined} {
  const [id, ...numbers]: unknown[] = Array.isArray(row) ? row : []
  const [docid = NaN, most = NaN, uncertain, ...words] = numbers.map(Number)
  const found = typeof id === 'string' ? id : undefined
  return {docid, id: found, most, certain: uncertain === 0, words}
}
