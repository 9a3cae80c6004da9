import fc from 'fast-check'

import {plainNames} from './pools.ts'
import {
  attribute,
  direction,
  slices,
  often,
  pick,
  scalar,
  small,
  written,
  type Pieces,
  type Text,
} from './queryTexts.ts'

export function pathOf({condition}: Pieces): Text {
  return fc.oneof(
    small,
    often(8, attribute),
    often(3, written('%.%', attribute, pick(...plainNames))),
    often(3, written('%%', attribute, pick('[0]', '[-1]', '[]', '[0...2]', '[1..-1]'))),
    often(1, written('%[].%', attribute, pick(...plainNames))),
    often(2, written('%->%', attribute, pick('a', '_id', '_type', 'ref->a', 'tags[0]'))),
    often(1, written('%[]->%', attribute, pick('a', '_id', '{_id, a}'))),
    // In parentheses, since a word after the arrow would be an attribute's name.
    often(1, written('(%->)', fc.oneof(attribute, written('%[]', attribute)))),
    often(1, written('%[%]', attribute, condition)),
    often(1, written('%{%}', attribute, pick('a', 'a, b', '..., "c": a'))),
    often(1, pick('^.a', '^._id', '^.ref._ref', '@', '_originalId')),
  )
}

const functions = pick(
  'lower',
  'upper',
  'length',
  'count',
  'string',
  'dateTime',
  'round',
  'defined',
  'array::compact',
  'math::sum',
  'math::min',
  'math::max',
  'math::avg',
  'string::lower',
  'pt::text',
)

/** No date is out of reach by them: of one that is, groq-js makes a text without numbers. */
const secondsNearby = pick('0', '-1', '1.5', '86400', '1e9', '"1"', 'true', 'null')

export function expressionOf({path, expression, condition, pipeline}: Pieces): Text {
  return fc.oneof(
    small,
    often(8, path),
    often(4, scalar),
    often(2, written('%(%)', functions, expression)),
    often(2, written('coalesce(%, %)', expression, expression)),
    often(1, written('select(% => %, %)', condition, expression, expression)),
    often(1, written('(% % %)', expression, pick('+', '-', '*', '/', '%', '**'), expression)),
    often(1, written('[%, %]', expression, expression)),
    often(1, written('[...%, %]', expression, expression)),
    often(1, written('{..., ...%, "a": %}', path, expression)),
    often(1, written('array::unique(array::compact(%))', expression)),
    often(1, written('array::intersects(%, %)', expression, expression)),
    often(1, written('string(dateTime(%))', expression)),
    often(
      1,
      written(
        '(dateTime(%) % %)',
        path,
        pick('+', '-'),
        fc.oneof(secondsNearby, written('dateTime(%)', path)),
      ),
    ),
    often(1, written('round(%, %)', expression, pick('0', '1', '-1'))),
    often(1, written('%%', pick('-', '+', '!'), path)),
    often(1, pick('identity()', 'now()', 'dateTime::now()', 'sanity::dataset()', '$ids', '1..3')),
    often(1, written('{"a": %, "b": %}', expression, expression)),
    often(1, written('string::split(%, %)', expression, pick('""', '"."', '" "'))),
    often(1, written('array::join(%, %)', expression, pick('","', '""'))),
    often(1, written('(%)', condition)),
    often(1, written('count(%)', pipeline)),
  )
}

export function orderOf({path, expression, condition}: Pieces): Text {
  return fc.oneof(
    small,
    often(6, written('%%', path, direction)),
    often(2, written('_id%', direction)),
    often(2, written('coalesce(%, %)%', path, fc.oneof(path, scalar), direction)),
    often(1, written('%%', expression, direction)),
    often(1, written('select(% => %, %)%', condition, scalar, scalar, direction)),
  )
}

/** What a sub-query asks for by the document that it is projected from. */
const joins = pick(
  'references(^._id)',
  'ref._ref == ^._id',
  '_type == ^._type',
  'a in ^.tags',
  '_id in ^.refs[]._ref',
  'a == ^.a',
)

export function projectionOf({path, expression, condition, pipeline}: Pieces): Text {
  return fc.oneof(
    small,
    often(3, pick('{...}', '{_id}', '{_id, a, "b": nested.b}', '{..., "a": null}')),
    often(5, written('{_id, "value": %}', expression)),
    often(2, written('{"value": %, %}', expression, pick(...plainNames))),
    often(1, written('{_id, ...%}', path)),
    often(2, written('{_id, % => {"value": %}}', condition, expression)),
    often(2, written('{_id, "value": %->{_id, "inner": %}}', attribute, expression)),
    often(1, written('{_id, "value": %[]->{_id, a}}', attribute)),
    often(
      2,
      written(
        '{_id, "value": *[%] | order(_id desc)[0...%]{_id, "outer": ^.a}}',
        joins,
        pick('1', '3', '100'),
      ),
    ),
    often(1, written('{_id, "value": count(%)}', pipeline)),
    often(
      3,
      written('.%', pick(...plainNames, '_id', 'ref->a', 'tags[]', 'nested.a', 'refs[]->_id')),
    ),
    often(2, pick('[]._id', '[].ref->', '[].a[0]')),
  )
}

export function pipelineOf({condition, order, projection}: Pieces): Text {
  const filters = fc.oneof(
    often(1, pick('')),
    often(5, written('[%]', condition)),
    often(1, written('[%][%]', condition, condition)),
  )
  const orders = fc.oneof(
    often(2, pick('')),
    often(2, written(' | order(%)', order)),
    often(1, written(' | order(%, %)', order, order)),
  )
  const projections = fc.oneof(often(1, pick('', '{_id}', '._id')), often(1, projection))
  return written('*%%%%', filters, orders, slices, projections)
}
