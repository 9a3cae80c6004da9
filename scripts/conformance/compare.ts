import {isDeepStrictEqual} from 'node:util'

import {isJsonObject} from '../../lake/documents/document.ts'
import type {Case, Json} from './suite.ts'
import type {Outcome} from './suiteLake.ts'

/** What the lake adds to every document, and the suite's documents do not have. */
const lakesOwn = new Set(['_rev', '_createdAt', '_updatedAt'])

/**
 * Whether an outcome is what the case asks for. Objects that stand where the suite's have no `_rev`, `_createdAt` or
 * `_updatedAt` may have them. The suite says in what order scores are (`_pos`, 1 for the highest; equal scores share
 * a place), not what they are.
 */
export function isRight({expected}: Case, outcome: Outcome): boolean {
  if (expected === undefined) return 'refused' in outcome
  if (!('answer' in outcome)) return false
  const ranked = withPlaces(outcome.answer, scoresIn(outcome.answer))
  return isDeepStrictEqual(asExpected(ranked, expected), expected)
}

function asExpected(answer: unknown, expected: Json | undefined): unknown {
  if (Array.isArray(answer)) {
    const wanted = Array.isArray(expected) ? expected : []
    return answer.map((element, index) => asExpected(element, wanted[index]))
  }
  if (!isJsonObject(answer)) return answer
  const wanted = isJsonObject(expected) ? expected : {}
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([name]) => Object.hasOwn(wanted, name) || !lakesOwn.has(name))
      .map(([name, value]) => [name, asExpected(value, wanted[name])]),
  )
}

/** Every score in an answer, the highest first, each once. */
function scoresIn(answer: unknown): number[] {
  const found = new Set<number>()
  const look = (value: unknown): void => {
    if (isJsonObject(value) && typeof value['_score'] === 'number') found.add(value['_score'])
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(look)
  }
  look(answer)
  return [...found].sort((one, other) => other - one)
}

function withPlaces(answer: unknown, scores: readonly number[]): unknown {
  if (scores.length === 0) return answer
  if (Array.isArray(answer)) return answer.map((element) => withPlaces(element, scores))
  if (!isJsonObject(answer)) return answer
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) =>
      name === '_score' && typeof value === 'number'
        ? ['_pos', scores.indexOf(value) + 1]
        : [name, withPlaces(value, scores)],
    ),
  )
}
