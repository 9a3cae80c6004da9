import {expect, test} from 'vitest'

import {stages} from '../../editorial/documents.ts'
import {whyReadOnly} from '../../editorial/editing.ts'
import {roleNames} from '../../editorial/roles.ts'

test('who may type at which stage', () => {
  const takesWords = roleNames.map((role) => [
    role,
    stages.filter((stage) => whyReadOnly(stage, role) === undefined),
  ])
  expect(Object.fromEntries(takesWords)).toEqual({
    viewer: [],
    reporter: ['draft', 'returned', 'live'],
    editor: ['draft', 'review', 'returned', 'live'],
    publisher: ['draft', 'review', 'returned', 'live'],
    administrator: ['draft', 'review', 'returned', 'live'],
  })
})

test('the sentence names who can go on', () => {
  expect(whyReadOnly('killed', 'editor')).toBe(
    'This story was killed. Only a publisher can revive it.',
  )
  expect(whyReadOnly('approved', 'editor')).toBe(
    'This text is approved, so that nobody changes it by accident. Return it to change it.',
  )
})
