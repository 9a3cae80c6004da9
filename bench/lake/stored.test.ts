import {expect, test} from 'vitest'

import {worseThan} from './stored.ts'

test('a ratio is worse once it has grown by more than a fifth; neither what one run alone measured nor what has no goal is compared', () => {
  const stored = [
    {what: 'slug', value: 1},
    {what: 'front page', value: 1},
    {what: 'gone', value: 1},
    {what: 'engine to groq-js', value: 1},
  ]
  const now = [
    {what: 'slug', value: 1.2, goal: 2},
    {what: 'front page', value: 1.21, goal: 2},
    {what: 'new', value: 9, goal: 2},
    {what: 'engine to groq-js', value: 2},
  ]
  expect(worseThan(stored, now)).toEqual([{what: 'front page', stored: 1, now: 1.21}])
})
