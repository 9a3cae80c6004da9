import {expect, test} from 'vitest'

import {LakeError} from '../errors.ts'
import {queryParameters} from './queryParameters.ts'

function outcomeOf(search: string): unknown {
  try {
    return queryParameters(new URLSearchParams(search))
  } catch (error) {
    if (error instanceof LakeError) return [error.status, error.code, error.message]
    throw error
  }
}

test('parameters are what begins with a dollar, each as JSON', () => {
  const search = new URLSearchParams({query: '1', $slug: '"kerry"', $any: '{"of":[1,null,true]}'})
  expect(queryParameters(search)).toEqual({slug: 'kerry', any: {of: [1, null, true]}})
})

test('what is not JSON, or cannot be used, is refused with its name', () => {
  const deep = '['.repeat(5000) + ']'.repeat(5000)
  expect([outcomeOf('$slug=kerry'), outcomeOf('$limit=1e999'), outcomeOf(`$deep=${deep}`)]).toEqual(
    [
      [
        400,
        'parameterMalformed',
        'The parameter $slug is not JSON. Strings need quotation marks: $slug="…".',
      ],
      [
        400,
        'parameterUnusable',
        'The parameter $limit cannot be used. A number is too large to be kept.',
      ],
      [
        400,
        'parameterUnusable',
        'The parameter $deep cannot be used. The JSON is nested more than 100 levels deep.',
      ],
    ],
  )
})
