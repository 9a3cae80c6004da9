import type {Condition, Score, Selection, View, WordsCondition} from '../query/selection.ts'
import {conditionSql, conjunction, disjunction, viewSql, type Sql} from './conditionSql.ts'
import {bodySql, chooseDriver, type SelectionPlan, type Statistics} from './selectionSql.ts'
import {matchOf, partsSql, placeSql} from './textIndex.ts'

type RankedWords = Extract<Score, {kind: 'words'}>

/** A ranked selection: which documents may score, and how one of them is read. */
export type RankedPlan = {plan: SelectionPlan; bodyText: string}

/**
 * The SQL of a ranked selection. Its rows are `docid`, `id`, `most` and `score0`, `score1` …, those with the greatest `most`
 * first, without bodies: sorting reads none, and bodies are read one by one while documents are wanted.
 */
export function planRankedSelection(
  selection: Selection & {ranking: Score},
  view: View,
  statistics: Statistics,
): RankedPlan {
  const words = wordsIn(selection.ranking)
  const tables = words.map((one) => scoredWords(one, statistics))
  const {held, rest} = alreadyHeld(selection.where, words)
  const filter = conjunction([viewSql(view), conditionSql(rest, view, statistics.words)])
  const asked = {ranking: selection.ranking, words, held, filter, view, statistics}
  const documents = isOfWords(selection.ranking) ? sortedBefore(asked) : sortedAfter(asked, rest)
  const sql: Sql = {
    text: `WITH ${tables.map(({text}) => text).join(', ')} ${documents.text}`,
    values: [...tables.flatMap(({values}) => values), ...documents.values],
  }
  const plan = {
    sql,
    driver: documents.driver,
    rows: statistics.documents(undefined),
    missed: [],
    read: 0,
    lookedAtAgain: true,
  }
  const body = bodySql(selection.attributes)
  return {plan, bodyText: `SELECT ${body} AS body FROM document d WHERE d.docid = ?`}
}

type Asked = {
  ranking: Score
  words: readonly RankedWords[]
  /** Words without which no document is wanted. */
  held: readonly number[]
  filter: Sql
  view: View
  statistics: Statistics
}

type Documents = Sql & {driver: string}

/** Words alone are sorted before any document is looked at: the filter is then asked only while documents are wanted. */
function sortedBefore(asked: Asked): Documents {
  const {ranking, filter} = asked
  const most = mostSql(ranking, asked)
  const from = ranked(asked, docidsOf(scoringDocids(ranking) ?? [], asked))
  const may = conjunction([mayScore(ranking, asked), ...asked.held.map(isHeld)])
  // Without a limit, SQLite would leave the order out.
  const sorted = `SELECT ${from.docid} AS docid, ${most.text} AS most, ${scoresOf(asked)} FROM ${from.text} WHERE ${may.text} ORDER BY most DESC LIMIT -1`
  return {
    driver: 'text, best first',
    text: `SELECT d.id, r.* FROM (${sorted}) r CROSS JOIN document d ON d.docid = r.docid WHERE ${filter.text}`,
    values: [...most.values, ...from.values, ...may.values, ...filter.values],
  }
}

/** Where conditions score as well, documents are looked at before they are sorted. */
function sortedAfter(asked: Asked, rest: Condition): Documents {
  const {ranking, filter} = asked
  const most = mostSql(ranking, asked)
  const docids = scoringDocids(ranking)
  const led = docids ? leading(asked, docids) : otherDriver(asked, rest)
  const may = conjunction([...led.conditions, mayScore(ranking, asked), ...asked.held.map(isHeld)])
  return {
    driver: led.name,
    text: `SELECT d.docid, d.id, ${most.text} AS most, ${scoresOf(asked)} FROM ${led.from.text} WHERE ${may.text} AND ${filter.text} ORDER BY most DESC`,
    values: [...most.values, ...led.from.values, ...may.values, ...filter.values],
  }
}

function isHeld(place: number): Sql {
  return {text: `w${place}.docid IS NOT NULL`, values: []}
}

function scoresOf({words}: Asked): string {
  return words.map(({place}) => `coalesce(w${place}.score, 0.0) AS score${place}`).join(', ')
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

/**
 * The documents with all terms and what they score, as `w0`, `w1` …: the sum over terms and attributes. Terms are looked up
 * from the rarest on, each only where those before stand.
 */
function scoredWords({place, words}: RankedWords, statistics: Statistics): Sql {
  const at = placeSql(words.attributes ?? 'searched')
  const together = words.attributes?.length === 1
  const matches = words.terms.map(matchOf)
  const asked = together ? [matches.join(' AND ')] : rarestFirst(matches, statistics)
  const steps = asked.map((match, step): Sql => {
    const name = step === asked.length - 1 ? `w${place}` : `w${place}_${step}`
    const before = `w${place}_${step - 1}`
    const sum = step === 0 ? '-sum(t.rank)' : `max(before.score) - sum(t.rank)`
    const join = step === 0 ? '' : ` CROSS JOIN ${before} before ON before.docid = p.docid`
    const from = partsSql.replace(' WHERE', `${join} WHERE`)
    return {
      text: `${name} (docid, score) AS MATERIALIZED (SELECT p.docid, ${sum} ${from} AND ${at.text} GROUP BY p.docid)`,
      values: [match, ...at.values],
    }
  })
  return {
    text: steps.map(({text}) => text).join(', '),
    values: steps.flatMap(({values}) => values),
  }
}

function rarestFirst(matches: readonly string[], statistics: Statistics): readonly string[] {
  if (matches.length === 1) return matches
  return matches
    .map((match) => ({match, parts: statistics.partsWith(match)}))
    .sort((one, other) => one.parts - other.parts)
    .map(({match}) => match)
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

type Docids = Sql & {docid: string; places: readonly number[]}

/** The documents that may score: those with words that all of them have, or those of any way to score. */
function docidsOf(ways: readonly Sql[], {held}: Asked): Docids {
  const [place] = held
  if (place !== undefined) {
    return {text: `w${place}`, values: [], docid: `w${place}.docid`, places: [place]}
  }
  const union = ways.map(({text}) => text).join(' UNION ')
  return {
    text: `(${union}) c`,
    values: ways.flatMap(({values}) => values),
    docid: 'c.docid',
    places: [],
  }
}

/** Documents with what each of the words scores. */
function ranked({words}: Asked, {text, values, docid, places}: Docids): Docids {
  const others = words.filter(({place}) => !places.includes(place))
  const joins = others.map(({place}) => ` LEFT JOIN w${place} ON w${place}.docid = ${docid}`)
  return {text: `${text}${joins.join('')}`, values, docid, places}
}

type Leading = {name: string; from: Sql; conditions: readonly Sql[]}

function leading(asked: Asked, ways: readonly Sql[]): Leading {
  const docids = docidsOf(ways, asked)
  const text = `${docids.text} CROSS JOIN document d ON d.docid = ${docids.docid}`
  return {name: 'text, best first', from: ranked(asked, {...docids, text}), conditions: []}
}

function otherDriver(asked: Asked, where: Condition): Leading {
  const selection = {where, order: [], offset: 0, limit: undefined, attributes: []}
  const {name, from, conditions} = chooseDriver(selection, asked.view, asked.statistics)
  const all = {...from, docid: 'd.docid', places: []}
  return {name: `${name}, best first`, from: ranked(asked, all), conditions}
}

function scoringDocids(score: Score): readonly Sql[] | undefined {
  switch (score.kind) {
    case 'sum': {
      const parts = score.of.map(scoringDocids)
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined
    }
    case 'both':
      return score.of.map(scoringDocids).find((part) => part !== undefined)
    case 'boost':
      return scoringDocids(score.of)
    case 'words':
      return [docidsWith(score.place)]
    case 'condition':
      return docidsMeeting(score.where)
  }
}

function docidsWith(place: number): Sql {
  return {text: `SELECT docid FROM w${place}`, values: []}
}

function docidsMeeting(where: Condition): readonly Sql[] | undefined {
  if (where.kind === 'never') return []
  if (where.kind !== 'references' || where.negated) return undefined
  const text =
    'SELECT source AS docid FROM reference WHERE target IN (SELECT value FROM json_each(?))'
  return [{text, values: [JSON.stringify(where.ids)]}]
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
