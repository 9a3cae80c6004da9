import type {ExprNode, OpCallNode, PipeFuncCallNode} from 'groq-js'

import {compilePattern} from '../text/match.ts'
import type {TextCount, TextPattern} from '../text/textPattern.ts'
import {prefetching} from './prefetching.ts'
import {nested, type Compile, type Evaluate, type Scope} from './scope.ts'
import {isArray, isObject, type GroqObject, type GroqValue} from './value.ts'

/** How much a word's repetition counts, and how much a text's length: the usual constants of BM25. */
const saturation = 1.2
const lengthWeight = 0.75

/** One scoring expression: `read` looks at each element in turn, and when all are read, `score` tells each one's. */
type Scorer = {read(scope: Scope): void; score(element: number): number}

/** Makes scorers afresh for each array, for they remember what they have read. */
type ScorerOf = () => Scorer

/**
 * `base | score(…)`: adds `_score` to each object, best first (GROQ specification, "Score evaluation"). A `match` counts by
 * BM25 over the array that is scored, every other condition that is true as one. What is no object has no score and comes
 * last.
 */
export function compileScore(node: PipeFuncCallNode, compile: Compile): Evaluate {
  const base = compile(node.base)
  const prefetch = prefetching(node.args, compile)
  const scorers = node.args.map((argument) => compileScorer(argument, compile))
  return (scope) => {
    const value = base(scope)
    if (!isArray(value)) return null
    const objects = value.filter(isObject)
    const inner = nested(scope, null)
    prefetch?.(objects, inner)
    const active = scorers.map((scorer) => scorer())
    for (const object of objects) {
      inner.value = object
      for (const scorer of active) scorer.read(inner)
    }
    const scored = objects
      .map((object, index) => withScore(object, sum(active.map(({score}) => score(index)))))
      .sort((one, other) => other._score - one._score)
    return [...scored, ...value.filter((element) => !isObject(element))]
  }
}

function withScore(object: GroqObject, score: number): GroqObject & {_score: number} {
  const before = object['_score']
  return {...object, _score: score + (typeof before === 'number' ? before : 0)}
}

function compileScorer(node: ExprNode, compile: Compile): ScorerOf {
  switch (node.type) {
    case 'Group':
      return compileScorer(node.base, compile)
    case 'And':
      return combine(node, compile, (left, right) => (left > 0 && right > 0 ? left + right : 0))
    case 'Or':
      return combine(node, compile, (left, right) => left + right)
    case 'OpCall':
      return node.op === 'match' ? compileMatchScorer(node, compile) : condition(compile(node))
    case 'FuncCall':
      return node.name === 'boost' && node.namespace === 'global'
        ? compileBoost(node.args, compile)
        : condition(compile(node))
    default:
      return condition(compile(node))
  }
}

function combine(
  node: {left: ExprNode; right: ExprNode},
  compile: Compile,
  operate: (left: number, right: number) => number,
): ScorerOf {
  const leftOf = compileScorer(node.left, compile)
  const rightOf = compileScorer(node.right, compile)
  return () => {
    const left = leftOf()
    const right = rightOf()
    return {
      read(scope) {
        left.read(scope)
        right.read(scope)
      },
      score: (element) => operate(left.score(element), right.score(element)),
    }
  }
}

function condition(evaluate: Evaluate): ScorerOf {
  return () => {
    const scores: number[] = []
    return {
      read(scope) {
        scores.push(evaluate(scope) === true ? 1 : 0)
      },
      score: (element) => scores[element] ?? 0,
    }
  }
}

/** `boost(condition, number)`: adds the number where the condition scores at all; what is no number from zero on, nothing. */
function compileBoost(args: readonly ExprNode[], compile: Compile): ScorerOf {
  const [inner, amount] = args
  if (inner === undefined || amount === undefined) throw new Error('boost() takes two arguments')
  const innerOf = compileScorer(inner, compile)
  const evaluate = compile(amount)
  return () => {
    const scorer = innerOf()
    const amounts: GroqValue[] = []
    return {
      read(scope) {
        scorer.read(scope)
        amounts.push(evaluate(scope))
      },
      score(element) {
        const score = scorer.score(element)
        const boost = amounts[element]
        return score > 0 && typeof boost === 'number' && boost >= 0 ? score + boost : 0
      },
    }
  }
}

type Reading = {pattern: TextPattern; count: TextCount} | undefined

function compileMatchScorer(node: OpCallNode, compile: Compile): ScorerOf {
  const text = compile(node.left)
  const patternIn = compilePattern(node, compile)
  return () => {
    const readings: Reading[] = []
    const elementsWith = new Map<string, number>()
    let length = 0
    return {
      read(scope) {
        const reading = read(patternIn(scope), text(scope))
        readings.push(reading?.matched ? reading : undefined)
        if (reading === undefined) return
        length += reading.count.words
        const {terms} = reading.pattern
        for (const [index, term] of terms.entries()) {
          if (reading.count.frequencies[index] === 0 || terms.indexOf(term) < index) continue
          elementsWith.set(term, (elementsWith.get(term) ?? 0) + 1)
        }
      },
      score(element) {
        const reading = readings[element]
        if (reading === undefined) return 0
        const average = length / readings.length
        const {terms} = reading.pattern
        if (terms.length === 0) return 1
        const {frequencies, words} = reading.count
        return sum(
          terms.map((term, index) =>
            bm25(frequencies[index] ?? 0, words / average, {
              all: readings.length,
              having: elementsWith.get(term) ?? 0,
            }),
          ),
        )
      },
    }
  }
}

function read(
  pattern: TextPattern | undefined,
  value: GroqValue,
): (NonNullable<Reading> & {matched: boolean}) | undefined {
  if (pattern === undefined) return undefined
  return {pattern, count: pattern.count(value), matched: pattern.matches(value)}
}

function bm25(frequency: number, relativeLength: number, elements: {all: number; having: number}) {
  const {all, having} = elements
  const rarity = Math.log(1 + (all - having + 0.5) / (having + 0.5))
  const norm = saturation * (1 - lengthWeight + lengthWeight * relativeLength)
  return (rarity * frequency * (saturation + 1)) / (frequency + norm)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
