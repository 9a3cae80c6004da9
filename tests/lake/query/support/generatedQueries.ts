import fc from 'fast-check'

import {conditionOf} from './generatedConditions.ts'
import {expressionOf, orderOf, pathOf, pipelineOf, projectionOf} from './queryPieces.ts'
import {indexedKeys, types} from './pools.ts'
import {
  direction,
  literal,
  slices,
  often,
  pick,
  written,
  type Pieces,
  type Text,
} from './queryTexts.ts'

/** A query with who asks it, and of what. Its parameters are `parameters`, always all of them. */
export type GeneratedQuery = {
  query: string
  perspective: readonly string[]
  reads: 'everything' | 'public'
}

const {path, expression, condition, pipeline} = fc.letrec<{[name in keyof Pieces]: string}>(
  (tie) => {
    const pieces: Pieces = {
      path: tie('path'),
      expression: tie('expression'),
      condition: tie('condition'),
      order: tie('order'),
      projection: tie('projection'),
      pipeline: tie('pipeline'),
    }
    return {
      path: pathOf(pieces),
      expression: expressionOf(pieces),
      condition: conditionOf(pieces),
      order: orderOf(pieces),
      projection: projectionOf(pieces),
      pipeline: pipelineOf(pieces),
    }
  },
)

const indexedKey = pick(...indexedKeys)

const ofOneType = pick(...types.map((type) => `_type == ${literal(type)}`))

const query: Text = fc.oneof(
  often(8, pipeline),
  often(3, written('count(%)', pipeline)),
  often(1, written('{"one": %, "other": count(%)}', pipeline, pipeline)),
  often(1, written('*[%]{"value": %}', condition, expression)),
  often(
    2,
    written(
      '*[%] | order(_type, %) [%] {_id, "value": %}',
      condition,
      path,
      pick('0...5', '0', '1..2'),
      path,
    ),
  ),
  often(3, written('*[%] | order(%%)%{_id, "value": a}', ofOneType, indexedKey, direction, slices)),
  often(
    2,
    written(
      '*[% && %] | order(%%, _id desc)%',
      ofOneType,
      condition,
      indexedKey,
      direction,
      slices,
    ),
  ),
  often(1, written('array::unique(*[%].%)', condition, pick('_type', '_id'))),
)

export const generatedQuery: fc.Arbitrary<GeneratedQuery> = fc.record({
  query,
  perspective: fc.constantFrom(
    ['raw'],
    ['published'],
    ['drafts'],
    ['r1'],
    ['r1', 'drafts'],
    ['drafts', 'r1'],
    ['r2', 'r1', 'drafts'],
    ['r3', 'drafts', 'published'],
  ),
  reads: fc.oneof(
    {arbitrary: fc.constant<'everything'>('everything'), weight: 9},
    {arbitrary: fc.constant<'public'>('public'), weight: 1},
  ),
})
