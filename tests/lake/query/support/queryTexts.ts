import fc from 'fast-check'

import type {JsonObject, JsonValue} from '../../../../lake/documents/document.ts'
import {frequentScalars, groupIds, idPrefixes, oddNames, plainNames, scalars} from './pools.ts'

/** GROQ, or a piece of it. */
export type Text = fc.Arbitrary<string>

/** The pieces that are made of each other. */
export type Pieces = {
  /** What stands at an attribute, or further in, or behind a reference. */
  path: Text
  /** Anything that has a value. */
  expression: Text
  condition: Text
  /** One key of `order()`. */
  order: Text
  projection: Text
  /** Documents, filtered, ordered, sliced and projected. */
  pipeline: Text
}

/** Every value of the pools as `$s0`, `$s1` …, and lists of them: each query is sent all of them. */
export const parameters: JsonObject = {
  ...Object.fromEntries(scalars.map((scalar, index) => [`s${index}`, scalar])),
  ids: ['a', 'drafts.a', 'nobody'],
  mixed: [1, '1', true, null, 'a'],
  nothing: [],
  from: 1,
  to: 3,
}

/** Keeps pieces of pieces few. */
export const small = {depthSize: 'xsmall', withCrossShrink: true} as const

export function pick(...texts: readonly string[]): Text {
  return fc.constantFrom(...texts)
}

/** A template whose every `%` a part takes, in turn. */
export function written(template: string, ...parts: readonly Text[]): Text {
  const pieces = template.split('%')
  return fc
    .tuple(...parts)
    .map((texts) => pieces.map((piece, index) => piece + (texts[index] ?? '')).join(''))
}

/** Something that comes up as often as its weight says. */
export function often(weight: number, arbitrary: Text): fc.WeightedArbitrary<string> {
  return {arbitrary, weight}
}

/** A value as GROQ writes it. */
export function literal(value: JsonValue): string {
  return JSON.stringify(value)
}

/** Half a surrogate pair cannot be written as a literal (GROQ, "String"); as a parameter it can. */
export const scalar: Text = fc.oneof(
  often(7, pick(...frequentScalars.map(literal))),
  often(
    1,
    pick(
      ...scalars.filter((value) => typeof value !== 'string' || value.isWellFormed()).map(literal),
    ),
  ),
  often(2, pick(...scalars.map((_, index) => `$s${index}`))),
)

export const attribute: Text = fc.oneof(
  often(5, pick('a', 'b')),
  often(5, pick(...plainNames)),
  often(2, pick('_id', '_type')),
  often(2, pick('slug.current', '_createdAt', '_updatedAt', 'ref._ref')),
  often(1, pick(...oddNames.map((name) => `@[${literal(name)}]`))),
)

export const equalityOrComparison = pick('==', '!=', '<', '<=', '>', '>=')

export const ids = pick(
  ...idPrefixes.flatMap((prefix) => groupIds.map((group) => literal(prefix + group))),
)

export const direction = pick('', '', ' asc', ' desc', ' desc')

/** What cuts a piece out of documents, or one of them; mostly nothing. */
export const slices = fc.oneof(
  often(3, pick('')),
  often(
    2,
    pick(
      '[0...3]',
      '[0..1]',
      '[1...3]',
      '[2..-1]',
      '[-2..-1]',
      '[0...0]',
      '[5...100]',
      '[$from...$to]',
      '[0]',
      '[-1]',
      '[1]',
      '[100]',
    ),
  ),
)
