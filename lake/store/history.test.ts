import {expect, test} from 'vitest'

import {encodePatch} from '../documents/mendoza.ts'
import {detailText, parseDetail} from './history.ts'

const story = {_id: 'kerry', _type: 'article', headline: 'Pact closes schools'}
const changed = {...story, headline: 'Pact closes all schools'}

test('of a document that was made as a whole, its change says only how', () => {
  const detail = {
    mutations: [{create: story}],
    effects: {apply: encodePatch(undefined, story), revert: encodePatch(story, undefined)},
  }
  const text = detailText(detail)
  expect(text).toBe('"create"')
  expect(parseDetail(text, () => story)).toEqual(detail)
})

test('a document that was made and then changed is told with the way to what it became', () => {
  const detail = {
    mutations: [{create: story}, {patch: {id: 'kerry', set: {headline: changed.headline}}}],
    effects: {apply: encodePatch(undefined, changed), revert: encodePatch(changed, undefined)},
  }
  expect(parseDetail(detailText(detail), () => undefined)).toEqual(detail)
})

test('a document that replaced another is told with the way from the one to the other', () => {
  const detail = {
    mutations: [{createOrReplace: changed}],
    effects: {apply: encodePatch(story, changed), revert: encodePatch(changed, story)},
  }
  expect(parseDetail(detailText(detail), () => undefined)).toEqual(detail)
})

test('what earlier programs stored of a document that was made is read as well', () => {
  expect(
    parseDetail(JSON.stringify([[{create: story}], null, [0, null]]), () => undefined),
  ).toEqual({
    mutations: [{create: story}],
    effects: {apply: encodePatch(undefined, story), revert: encodePatch(story, undefined)},
  })
})

test('what is no change is not read as one', () => {
  for (const text of [
    '[]',
    '{}',
    '[[],null,[0,null]]',
    '[[{"delete":{"id":"a"}}],[0,null]]',
    '"delete"',
    '"create"',
  ]) {
    expect(() => parseDetail(text, () => undefined)).toThrow('A stored change is not one.')
  }
})
