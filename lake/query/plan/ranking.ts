import type {ExprNode} from 'groq-js'

import {nested, type Compile, type Evaluate, type Scope} from '../evaluate/scope.ts'
import type {Score} from '../selection.ts'
import {planCondition} from './conditions.ts'
import {isFree} from './reads.ts'
import {rankedWords} from './words.ts'

/**
 * A document's score, from what the store says of its words and what the evaluator says of its conditions. Where the store is
 * certain of the words, and nothing else is asked for, there need be no document.
 */
type Measure = (document: Scope | undefined, wordScores: readonly number[]) => number

/** What scoring expressions come to, in the scope around the documents: for the store, and for one document. */
export type Ranking = {
  score: Score
  measure: Measure
  /** Whether only words are asked for of which the store can be certain. */
  certain: boolean
}

/** `undefined` where the store cannot tell what may score; the evaluator then scores every document. */
type Instantiate = (scope: Scope) => Ranking | undefined

/** What is noted over one ranking: the places of its words, and the conditions that the filter has asked for already. */
type Notes = {next: number; readonly met: ReadonlySet<string>}

/** Plans the arguments of `score(…)` over documents that the filters let through; `undefined` when none is of words, or one of something that no index knows. */
export function planRanking(
  args: readonly ExprNode[],
  filters: readonly ExprNode[],
  compile: Compile,
): Instantiate | undefined {
  const notes = {next: 0, met: new Set(filters.flatMap(conjuncts).map(nameOf))}
  const parts = args.map((argument) => plan(argument, compile, notes))
  if (notes.next === 0 || !parts.every((part) => part !== undefined)) return undefined
  return together('sum', parts)
}

function plan(node: ExprNode, compile: Compile, notes: Notes): Instantiate | undefined {
  switch (node.type) {
    case 'Group':
      return plan(node.base, compile, notes)
    case 'And':
    case 'Or': {
      const parts = [plan(node.left, compile, notes), plan(node.right, compile, notes)]
      if (!parts.every((part) => part !== undefined)) return undefined
      return together(node.type === 'And' ? 'both' : 'sum', parts)
    }
    case 'OpCall':
      return node.op === 'match' ? words(node, compile, notes) : condition(node, compile)
    case 'FuncCall':
      return node.namespace === 'global' && node.name === 'boost'
        ? boost(node.args, compile, notes)
        : condition(node, compile)
    default:
      return condition(node, compile)
  }
}

function together(kind: 'sum' | 'both', parts: readonly Instantiate[]): Instantiate {
  return (scope) => {
    const rankings = parts.map((part) => part(scope))
    if (!rankings.every((ranking) => ranking !== undefined)) return undefined
    return {
      score: {kind, of: rankings.map(({score}) => score)},
      certain: rankings.every(({certain}) => certain),
      measure(document, wordScores) {
        const scores = rankings.map(({measure}) => measure(document, wordScores))
        if (kind === 'both' && scores.some((score) => score === 0)) return 0
        return scores.reduce((total, score) => total + score, 0)
      },
    }
  }
}

function words(
  node: Extract<ExprNode, {type: 'OpCall'}>,
  compile: Compile,
  notes: Notes,
): Instantiate | undefined {
  const asked = rankedWords(node.left, node.right, (inner) => free(inner, compile))
  if (asked === undefined) return undefined
  const holds = notes.met.has(nameOf(node)) ? () => true : compile(node)
  const place = notes.next
  notes.next += 1
  return (scope) => {
    const condition = asked(scope)
    return (
      condition && {
        score: {kind: 'words', place, words: condition},
        certain: condition.told,
        measure: (document, wordScores) =>
          document === undefined || holds(document) === true ? (wordScores[place] ?? 0) : 0,
      }
    )
  }
}

function condition(node: ExprNode, compile: Compile): Instantiate {
  const narrowed = planCondition(node, compile)
  const holds = compile(node)
  return (scope) => {
    const {condition: where} = narrowed(scope)
    if (where.kind === 'always') return undefined
    return {
      score: {kind: 'condition', where},
      certain: false,
      measure: (document) => (document !== undefined && holds(document) === true ? 1 : 0),
    }
  }
}

function boost(args: readonly ExprNode[], compile: Compile, notes: Notes): Instantiate | undefined {
  const [inner, amount] = args
  const boosted = inner && plan(inner, compile, notes)
  const evaluate = amount && free(amount, compile)
  if (boosted === undefined || evaluate === undefined) return undefined
  return (scope) => {
    const ranking = boosted(scope)
    const by = evaluate(scope)
    // What is no number from zero on makes the score nothing, which the evaluator tells.
    if (ranking === undefined || typeof by !== 'number' || by < 0) return undefined
    return {
      score: {kind: 'boost', of: ranking.score, by},
      certain: ranking.certain,
      measure(document, wordScores) {
        const score = ranking.measure(document, wordScores)
        return score > 0 ? score + by : 0
      },
    }
  }
}

/** What must all be true. */
function conjuncts(node: ExprNode): readonly ExprNode[] {
  if (node.type === 'Group') return conjuncts(node.base)
  return node.type === 'And' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node]
}

/** Expressions of one name are written alike, and are the same for the same document. */
function nameOf(node: ExprNode): string {
  return JSON.stringify(node)
}

function free(node: ExprNode, compile: Compile): Evaluate | undefined {
  if (!isFree(node)) return undefined
  const evaluate = compile(node)
  return (scope) => evaluate(nested(scope, null))
}
