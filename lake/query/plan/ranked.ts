import type {ExprNode} from 'groq-js'

import type {JsonObject} from '../../documents/document.ts'
import {compareStrings} from '../evaluate/comparison.ts'
import {compileScore} from '../evaluate/score.ts'
import {nested, type Compile, type Evaluate, type Scope} from '../evaluate/scope.ts'
import {isArray, type GroqValue} from '../evaluate/value.ts'
import type {Selection, Sift} from '../selection.ts'
import type {RankedChain} from './chain.ts'
import {planCondition} from './conditions.ts'
import {siftBy} from './sifting.ts'
import {planRanking, type Ranking} from './ranking.ts'
import {instantiate, pruned, readBy, storedOf} from './stored.ts'

type Scored = JsonObject & {_score: number}

/**
 * Scored documents, best first. Where the text index knows what may score, documents are read from the best on until there
 * are enough; otherwise all are read and the evaluator scores them. `docs/decisions/0010-ranking.md` tells how the two relate.
 */
export function planRanked(
  ranked: RankedChain,
  compile: Compile,
  wanted: ReadonlySet<string> | undefined,
): Evaluate {
  const {scoring, filters, offset, limit, single} = ranked
  const fromIndex = planFromIndex(ranked, compile, wanted)
  const evaluated = compileScore(scoring, compile)
  const holds = filters.map((filter) => compile(filter))
  return (scope) => {
    const scored = fromIndex?.(scope) ?? listOf(evaluated(scope))
    const found: GroqValue[] = []
    let passed = 0
    if (limit !== 0) {
      for (const document of scored) {
        const within = nested(scope, document)
        if (!holds.every((filter) => filter(within) === true)) continue
        passed += 1
        if (passed > offset) found.push(document)
        if (limit !== undefined && passed >= offset + limit) break
      }
    }
    return single ? (found[0] ?? null) : found
  }
}

function listOf(value: GroqValue): readonly GroqValue[] {
  return isArray(value) ? value : []
}

function planFromIndex(
  {scoring, chain, filters, offset, limit}: RankedChain,
  compile: Compile,
  wanted: ReadonlySet<string> | undefined,
): ((scope: Scope) => Iterable<Scored> | undefined) | undefined {
  const ranking = planRanking(scoring.args, chain.filters, compile)
  if (ranking === undefined) return undefined
  const conditions = chain.filters.map((filter) => planCondition(filter, compile))
  const residual = chain.filters.map((filter) => compile(filter))
  const given = wanted && new Set(['_id', ...wanted, ...filters.flatMap(readBy)])
  const narrow = pruned(given)
  const looked = [...chain.filters, ...scoring.args].flatMap(readBy)
  const wide = pruned(given && new Set([...given, ...looked]))
  const scoringOnly = filters.some(wantsScore)
  const expected = limit === undefined ? undefined : offset + limit
  return (scope) => {
    const instantiated = ranking(scope)
    if (instantiated === undefined) return undefined
    const {condition, exact, certain = false} = instantiate(conditions, scope)
    const sift = siftBy(exact ? [] : residual, scope, {
      attributes: wide,
      certain: exact || certain,
    })
    return inOrder({
      scope,
      ranking: instantiated,
      selection: {where: condition, order: [], offset: 0, limit: undefined, attributes: narrow},
      sift,
      scoringOnly,
      expected,
    })
  }
}

type Ordered = {
  scope: Scope
  ranking: Ranking
  selection: Selection
  sift: Sift
  scoringOnly: boolean
  /** How many are going to be taken. */
  expected: number | undefined
}

/** The documents that score, then those that do not. */
function* inOrder(ordered: Ordered): Generator<Scored> {
  const {scope, selection, sift, scoringOnly} = ordered
  const given = new Set<string>()
  for (const document of bestFirst(ordered)) {
    given.add(idOf(document))
    yield document
  }
  if (scoringOnly) return
  for (const row of storedOf(scope, {...selection, sift})) {
    if (!given.has(idOf(row))) yield {...row, _score: 0}
  }
}

/**
 * The documents that score, in order. They come by the most that each can score; one is given once no other can score
 * more.
 */
function* bestFirst({scope, ranking, selection, sift, expected}: Ordered): Generator<Scored> {
  const {score: sought, measure} = ranking
  const waiting: Scored[] = []
  const sifting = {...sift, certain: sift.certain && ranking.certain}
  for (const row of storedOf(scope, {...selection, sift: sifting, expected, ranking: sought})) {
    const [most = 0, certain, ...wordScores] = numbersOf(row['_score'])
    const id = idOf(row)
    while (waiting[0] && isBefore(waiting[0], most, id)) yield* waiting.splice(0, 1)
    const score = measure(certain === 1 ? undefined : nested(scope, row), wordScores)
    if (score === 0) continue
    const place = waiting.findLastIndex((other) => isBefore(other, score, id)) + 1
    waiting.splice(place, 0, {...row, _score: score})
  }
  yield* waiting
}

function isBefore(document: Scored, score: number, id: string): boolean {
  if (document._score !== score) return document._score > score
  return compareStrings(idOf(document), id) < 0
}

function idOf(row: JsonObject): string {
  return String(row['_id'])
}

function numbersOf(value: JsonObject[string]): number[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === 'number') : []
}

/** `_score > 0` and the like: what does not score does not pass. */
function wantsScore(node: ExprNode): boolean {
  if (node.type === 'Group') return wantsScore(node.base)
  if (node.type === 'And') return wantsScore(node.left) || wantsScore(node.right)
  if (node.type !== 'OpCall' || node.op !== '>') return false
  const {left, right} = node
  const ofScore = left.type === 'AccessAttribute' && left.base === undefined
  const least = right.type === 'Value' ? right.value : undefined
  return ofScore && left.name === '_score' && typeof least === 'number' && least >= 0
}
