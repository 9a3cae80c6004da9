import type {Condition, Score, Selection, View, WordsCondition} from '../query/selection.ts'
import {
  conditionSql,
  conjunction,
  disjunction,
  limitBound,
  viewSql,
  type Sql,
} from './conditionSql.ts'
import {chooseDriver, type Statistics} from './drivers.ts'
import {referrersSql} from './referenceIndex.ts'
import type {SelectionPlan} from './selectionSql.ts'
import {wordsIn as wordsAskedBy} from './sifted.ts'
import {scoredDocids, uncertainSql} from './textIndex.ts'

type RankedWords = Extract<Score, {kind: 'words'}>

/** A ranked selection: how the best are found, and how one of them is read. */
export type RankedPlan = {
  /**
   * Finds so many of the best, or all: rows of id, docid, the most that it can score, 0 where that is certain (else 1), and
   * what each of the words scores; those that can score most first, without bodies. The id is null where the document does
   * not meet the filter.
   */
  planOf(rows: number | undefined): SelectionPlan
}

/** Walking past so many entries of an index costs as much as reading one document. */
const entriesForDocument = 20

/** Plans a ranked selection: sorting reads no bodies, and of those that are sorted away nothing is kept. */
export function planRankedSelection(
  selection: Selection & {ranking: Score},
  view: View,
  statistics: Statistics,
): RankedPlan {
  const {ranking} = selection
  const words = wordsIn(ranking)
  const {held, rest} = alreadyHeld(selection.where, words)
  const filter = conjunction([viewSql(view), conditionSql(rest, view, statistics.words)])
  const asking = [...wordsAskedBy(selection.where), ...words.map((one) => one.words)]
  const uncertain =
    selection.sift?.certain === true
      ? uncertainSql(together(asking), 'r.docid', statistics.count)
      : {text: '1', values: []}
  const asked = {ranking, words, held, filter, uncertain, view, statistics}
  const {driver, index, best} = isOfWords(ranking) ? sortedBefore(asked) : sortedAfter(asked, rest)
  const among = statistics.documents(undefined)
  return {
    planOf: (rows) => ({
      sql: best(rows ?? -1),
      driver,
      index,
      rows: rows === undefined ? among : Math.max(rows, Math.ceil(among / entriesForDocument)),
      missed: [],
      read: 0,
      lookedAtAgain: true,
    }),
  }
}

/** Conditions of the same terms as one, at all of their places. */
function together(conditions: readonly WordsCondition[]): WordsCondition[] {
  const byTerms = new Map<string, WordsCondition>()
  for (const condition of conditions) {
    const terms = JSON.stringify(condition.terms)
    const {places} = byTerms.get(terms) ?? {places: []}
    const all = places && condition.places && [...new Set([...places, ...condition.places])]
    byTerms.set(terms, {...condition, places: all})
  }
  return [...byTerms.values()]
}

type Asked = {
  ranking: Score
  words: readonly RankedWords[]
  /** Words without which no document is wanted. */
  held: readonly number[]
  filter: Sql
  /** Whether it has to be looked at whether a document has the words. */
  uncertain: Sql
  view: View
  statistics: Statistics
}

type Documents = {driver: string; index?: string | undefined; best(rows: number): Sql}

/** Words alone are sorted before any document is looked at: the filter is then asked of the best only. */
function sortedBefore(asked: Asked): Documents {
  const {ranking, filter, uncertain} = asked
  const most = mostSql(ranking, asked)
  const from = docidsOf(waysToScore(ranking) ?? [], asked)
  const {tables, joined} = ranked(asked, from)
  const may = conjunction([mayScore(ranking, asked), ...asked.held.map(isHeld)])
  const sorted = `SELECT ${from.docid} AS docid, ${most.text} AS most, ${scoresOf(asked)} FROM ${joined.text} WHERE ${may.text} ORDER BY most DESC ${limitBound}`
  const text = `${tables.text}SELECT d.id, r.docid, r.most, ${uncertain.text}, ${scoresOf(asked, 'r')} FROM (${sorted}) r LEFT JOIN document d ON d.docid = r.docid AND ${filter.text}`
  const before = [
    ...tables.values,
    ...uncertain.values,
    ...most.values,
    ...joined.values,
    ...may.values,
  ]
  return {
    driver: 'text, best first',
    best: (rows) => ({text, values: [...before, rows, ...filter.values]}),
  }
}

/** Where conditions score as well, documents are looked at before they are sorted. */
function sortedAfter(asked: Asked, rest: Condition): Documents {
  const {ranking, filter} = asked
  const most = mostSql(ranking, asked)
  const ways = waysToScore(ranking)
  const led = ways ? leading(asked, ways) : otherDriver(asked, rest)
  const {tables, joined} = ranked(asked, led.from)
  const may = conjunction([...led.conditions, mayScore(ranking, asked), ...asked.held.map(isHeld)])
  const text = `${tables.text}SELECT d.id, d.docid, ${most.text} AS most, 1, ${scoresOf(asked)} FROM ${joined.text} WHERE ${may.text} AND ${filter.text} ORDER BY most DESC ${limitBound}`
  const values = [
    ...tables.values,
    ...most.values,
    ...joined.values,
    ...may.values,
    ...filter.values,
  ]
  return {
    driver: led.name,
    index: led.index,
    best: (rows) => ({text, values: [...values, rows]}),
  }
}

function isHeld(place: number): Sql {
  return {text: `w${place}.docid IS NOT NULL`, values: []}
}

function scoresOf({words}: Asked, sorted?: string): string {
  const score = (place: number) =>
    sorted === undefined
      ? `coalesce(w${place}.score, 0.0) AS score${place}`
      : `${sorted}.score${place}`
  return words.map(({place}) => score(place)).join(', ')
}

function isOfWords(score: Score): boolean {
  if (score.kind === 'boost') return isOfWords(score.of)
  if (score.kind === 'words') return true
  return score.kind !== 'condition' && score.of.every(isOfWords)
}

function wordsIn(score: Score): RankedWords[] {
  switch (score.kind) {
    case 'sum':
    case 'both':
      return score.of.flatMap(wordsIn)
    case 'boost':
      return wordsIn(score.of)
    case 'words':
      return [score]
    case 'condition':
      return []
  }
}

/** Words that the filter asks for and that are ranked by as well need not be looked up twice. */
function alreadyHeld(
  where: Condition,
  words: readonly RankedWords[],
): {held: readonly number[]; rest: Condition} {
  const parts = where.kind === 'all' ? where.of : [where]
  const placeOf = (part: Condition) =>
    part.kind === 'words' ? words.find((one) => isSame(one.words, part))?.place : undefined
  return {
    held: [...new Set(parts.map(placeOf).filter((place) => place !== undefined))],
    rest: {kind: 'all', of: parts.filter((part) => placeOf(part) === undefined)},
  }
}

function isSame(one: WordsCondition, other: WordsCondition): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** A way to documents that score: words, by their place, or rows of `docid`. */
type Way = number | Sql

/** Where documents come from: their `docid`, and the words of which that tells. */
type Docids = Sql & {docid: string; place?: number}

/** The documents that may score: those with words that all of them have, or those of any way to score. */
function docidsOf(ways: readonly Way[], {held, words}: Asked): Docids {
  const [way] = ways
  const place = held[0] ?? (ways.length === 1 && typeof way === 'number' ? way : undefined)
  const leader = words.find((one) => one.place === place)
  if (leader !== undefined) {
    const {text, values} = scoredDocids(leader.words)
    // With a limit of its own it is not merged with what is around it, which would score each document several times.
    const w = `w${leader.place}`
    return {text: `(${text} LIMIT -1) ${w}`, values, docid: `${w}.docid`, place: leader.place}
  }
  const parts = ways.map((one) =>
    typeof one === 'number' ? {text: `SELECT docid FROM w${one}`, values: []} : one,
  )
  return {
    text: `(${parts.map(({text}) => text).join(' UNION ')}) c`,
    values: parts.flatMap(({values}) => values),
    docid: 'c.docid',
  }
}

/** Documents with what each of the words scores, and the tables of words that have to stand before. */
function ranked({words}: Asked, {text, values, docid, place}: Docids): {tables: Sql; joined: Sql} {
  const others = words.filter((one) => one.place !== place)
  const joins = others.map((one) => ` LEFT JOIN w${one.place} ON w${one.place}.docid = ${docid}`)
  const tables = others.map((one): Sql => {
    const scored = scoredDocids(one.words)
    return {
      text: `w${one.place} (docid, score) AS MATERIALIZED (${scored.text})`,
      values: scored.values,
    }
  })
  const list = tables.map((table) => table.text).join(', ')
  return {
    tables: {
      text: list === '' ? '' : `WITH ${list} `,
      values: tables.flatMap((table) => table.values),
    },
    joined: {text: `${text}${joins.join('')}`, values},
  }
}

type Leading = {name: string; index?: string | undefined; from: Docids; conditions: readonly Sql[]}

function leading(asked: Asked, ways: readonly Way[]): Leading {
  const docids = docidsOf(ways, asked)
  const text = `${docids.text} CROSS JOIN document d ON d.docid = ${docids.docid}`
  return {name: 'text, best first', from: {...docids, text}, conditions: []}
}

function otherDriver(asked: Asked, where: Condition): Leading {
  const selection = {where, order: [], offset: 0, limit: undefined, attributes: []}
  const {name, index, from, conditions} = chooseDriver(selection, asked.view, asked.statistics)
  return {name: `${name}, best first`, index, from: {...from, docid: 'd.docid'}, conditions}
}

/** What leads to all documents that score; `undefined` where a condition does so of which no index tells. */
function waysToScore(score: Score): readonly Way[] | undefined {
  switch (score.kind) {
    case 'sum': {
      const parts = score.of.map(waysToScore)
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined
    }
    case 'both':
      return score.of.map(waysToScore).find((part) => part !== undefined)
    case 'boost':
      return waysToScore(score.of)
    case 'words':
      return [score.place]
    case 'condition':
      return docidsMeeting(score.where)
  }
}

function docidsMeeting(where: Condition): readonly Sql[] | undefined {
  if (where.kind === 'never') return []
  if (where.kind !== 'references' || where.negated) return undefined
  const {text, values} = referrersSql(where.ids)
  return [{text: `SELECT source AS docid FROM (${text})`, values}]
}

function mayScore(score: Score, asked: Asked): Sql {
  switch (score.kind) {
    case 'sum':
      return disjunction(score.of.map((part) => mayScore(part, asked)))
    case 'both':
      return conjunction(score.of.map((part) => mayScore(part, asked)))
    case 'boost':
      return mayScore(score.of, asked)
    case 'words':
      return isHeld(score.place)
    case 'condition':
      return conditionSql(score.where, asked.view, asked.statistics.words)
  }
}

/** The most that a document can score, added up as `lake/query/plan/ranking.ts` does. */
function mostSql(score: Score, asked: Asked): Sql {
  switch (score.kind) {
    case 'sum':
    case 'both': {
      const parts = score.of.map((part) => mostSql(part, asked))
      const values = parts.flatMap((part) => part.values)
      const total = `(0.0 + ${parts.map(({text}) => text).join(' + ')})`
      if (score.kind === 'sum') return {text: total, values}
      const may = mayScore(score, asked)
      return {text: `iif(${may.text}, ${total}, 0.0)`, values: [...may.values, ...values]}
    }
    case 'boost': {
      const may = mayScore(score.of, asked)
      const inner = mostSql(score.of, asked)
      return {
        text: `iif(${may.text}, ${inner.text} + ?, 0.0)`,
        values: [...may.values, ...inner.values, score.by],
      }
    }
    case 'words':
      return {text: `coalesce(w${score.place}.score, 0.0)`, values: []}
    case 'condition': {
      const {text, values} = conditionSql(score.where, asked.view, asked.statistics.words)
      return {text: `iif(${text}, 1.0, 0.0)`, values}
    }
  }
}
