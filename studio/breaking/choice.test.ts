import {expect, test} from 'vitest'

import {standingChoice} from './choice.ts'

const harbour = {_id: 'harbour'}
const bridge = {_id: 'bridge'}

test('with nothing live there is nothing to choose', () => {
  expect(standingChoice(undefined, [])).toBe('add')
})

test('while something is live it is chosen, and holds while nothing else comes up', () => {
  expect(standingChoice(undefined, [harbour])).toBe(undefined)
  const chosen = {choice: 'add', among: ['harbour', 'bridge']} as const
  expect(standingChoice(chosen, [harbour, bridge])).toBe('add')
  expect(standingChoice(chosen, [harbour])).toBe('add')
})

test('it is chosen again when something came up since, or what should stay longer is over', () => {
  expect(standingChoice({choice: 'add', among: ['harbour']}, [harbour, bridge])).toBe(undefined)
  const chosen = {choice: {extend: 'harbour'}, among: ['harbour', 'bridge']}
  expect(standingChoice(chosen, [harbour, bridge])).toEqual({extend: 'harbour'})
  expect(standingChoice(chosen, [bridge])).toBe(undefined)
})
