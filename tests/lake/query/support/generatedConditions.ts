import fc from 'fast-check'

import {types} from './pools.ts'
import {
  attribute,
  equalityOrComparison,
  ids,
  literal,
  often,
  pick,
  scalar,
  small,
  written,
  type Pieces,
  type Text,
} from './queryTexts.ts'

/** Conditions over one document: what SQL could answer, what it could answer in part, and what it could not. */
export function conditionOf({path, expression, condition, pipeline}: Pieces): Text {
  return fc.oneof(
    small,
    often(10, written('% % %', attribute, equalityOrComparison, scalar)),
    often(2, written('!(% % %)', attribute, equalityOrComparison, scalar)),
    often(3, written('% % %', path, equalityOrComparison, scalar)),
    often(1, written('% % %', scalar, equalityOrComparison, attribute)),
    often(3, written('% % %', expression, equalityOrComparison, expression)),
    often(5, written('_type % %', pick('==', '!='), pick(...types.map(literal)))),
    often(2, written('_id % %', pick('==', '!=', '<', '>='), ids)),
    often(3, written('% in [%, %]', path, scalar, scalar)),
    often(2, written('_id in %', idLists)),
    often(2, written('% in %', expression, path)),
    often(2, written('% in %', scalar, attribute)),
    often(2, written('% in %', path, lists)),
    often(3, written('_id in path(%)', idPatterns)),
    often(3, written('!(_id in path(%))', idPatterns)),
    often(3, written('defined(%)', path)),
    often(3, written('references(%)', fc.oneof(ids, referenceTargets))),
    often(3, written('% match %', matched, matchPatterns)),
    often(1, written('string::startsWith(%, %)', path, pick('"a"', '""', '"drafts."', '"it\'"'))),
    often(2, written('!(%)', condition)),
    often(1, written('!%', pick('a', 'defined(a)', 'nested.a', 'references("a")'))),
    often(4, written('(% && %)', condition, condition)),
    often(4, written('(% || %)', condition, condition)),
    often(1, fc.oneof(path, pick('true', 'false', 'null'))),
    often(1, written('count(%) % %', path, pick('>', '=='), pick('0', '1', '2'))),
    often(1, written('count(%) % %', pipeline, pick('>', '=='), pick('0', '1', '2'))),
    often(2, written('count(*[%]) > 0', joins)),
    often(1, written('dateTime(%) % dateTime(%)', path, pick('<', '==', '>'), times)),
    often(1, written('sanity::versionOf(%)', pick('"a"', '"drafts.b"', '"nobody"', 'null'))),
    often(1, written('sanity::partOfRelease(%)', pick('"r1"', '"r3"'))),
  )
}

const idLists = pick('$ids', '["b", "versions.r1.a"]', '*[defined(ref)].ref._ref', '[]')

const lists = pick('$mixed', '$nothing', '1..3', '"a"..."b"', '0...10', '"a".."b"', '[1, ...tags]')

const idPatterns = pick(
  '"*"',
  '"**"',
  '"drafts.**"',
  '"drafts.*"',
  '"versions.*.a"',
  '"versions.r1.**"',
  '"a"',
  '"a.*"',
  '""',
)

const referenceTargets = pick(
  '$ids',
  '$nothing',
  '^._id',
  '*[_type == "note"]._id',
  '"nobody", "a"',
  'null',
  'a',
)

const matched = pick('text', 'text', 'text[0]', '[_type, text]', '_type', 'ref->text')

const matchPatterns = pick(
  '"a*"',
  '"a"',
  '"a b"',
  '["a", "b*"]',
  '"*"',
  '"note"',
  '"A"',
  '""',
  '"*ote"',
  '"a*" + text',
  'text',
  'null',
)

/** What a sub-query says of the document that it stands in. */
const joins = pick(
  'ref._ref == ^._id',
  'references(^._id)',
  '_type == ^._type && _id != ^._id',
  'a == ^.a',
  '_id == ^.ref._ref',
  '_id in ^.refs[]._ref',
)

const times = pick('"2026-01-01T12:00:00Z"', 'now()', 'b')
