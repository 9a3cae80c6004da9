import {describe, expect, test} from 'vitest'

import type {Guard} from '../../../lake/access/guards.ts'
import {errorOf} from '../support/errorOf.ts'
import {startLake, testRoles} from '../support/startLake.ts'
import {item, refusal} from './refusals.ts'

describe('guards that are wrong', () => {
  const at = (part: Partial<Guard>): Guard => ({
    name: 'wrong',
    sentence: 'No.',
    applies: 'true',
    allows: 'true',
    ...part,
  })

  test.each([
    [[at({allows: 'after( =='})], '"allows" of the guard "wrong" is not GROQ'],
    [[at({applies: '$nobody == 1'})], 'param $nobody referenced, but not provided'],
    [[at({applies: 'nonsense()'})], 'Undefined function: nonsense'],
    [[at({applies: '$was[$id]'})], '$id cannot stand alone in square brackets'],
    [[at({}), at({})], 'There are two guards named "wrong"'],
  ])('%j stops the program', async (wrong, sentence) => {
    await expect(startLake({guards: wrong, roles: testRoles})).rejects.toThrow(sentence)
  })

  test.each([
    ['allows', 'count(*[_type == "many" && title[0] == $id && other[1] == 2]) == 0'],
    ['applies', 'count(*[_type == "many" && title[0] == $id && other[1] == 2]) == 0'],
  ] as const)('%s that reads too much lets nothing through', async (part, expression) => {
    const lake = await startLake({
      guards: [
        at({
          applies: '_type == "page"',
          [part]: part === 'applies' ? `_type == "page" && ${expression}` : expression,
        }),
      ],
    })
    try {
      const client = await lake.clientFor('editor')
      const many = Array.from({length: 1_500}, () => ({create: {_type: 'many'}}))
      await client.mutate(many, {returnDocuments: false})
      const sentence =
        'The rule "wrong" could not be decided: it would have to read too many documents. Nothing was written. Tell whoever looks after the server.'
      expect(await errorOf(client.create({_id: 'p', _type: 'page'}))).toEqual(
        refusal('mutationError', item(0, 'wrong', 'p', sentence)),
      )
      expect(await client.getDocument('p')).toBeUndefined()
    } finally {
      await lake.close()
    }
  })

  test('one that cannot be evaluated lets nothing through', async () => {
    const allows = 'count(*[_type == "page"] | score(title match "a")) == 0'
    const lake = await startLake({guards: [at({applies: '_type == "page"', allows})]})
    try {
      const client = await lake.clientFor('editor')
      const sentence =
        'The rule "wrong" could not be decided: it cannot be evaluated. Nothing was written. Tell whoever looks after the server.'
      expect(await errorOf(client.create({_id: 'p', _type: 'page'}))).toEqual(
        refusal('mutationError', item(0, 'wrong', 'p', sentence)),
      )
      expect(await client.getDocument('p')).toBeUndefined()
    } finally {
      await lake.close()
    }
  })

  test.each(['null', '1', '"true"', 'after().nothing'])('%s is not true', async (allows) => {
    const lake = await startLake({guards: [at({allows})]})
    try {
      const client = await lake.clientFor('editor')
      expect(await errorOf(client.create({_id: 'p', _type: 'page'}))).toMatchObject({status: 403})
    } finally {
      await lake.close()
    }
  })

  test('text is found in what was written before', async () => {
    const allows = 'count(*[_type == "page" && _id != $id && title match after().title]) == 0'
    const lake = await startLake({guards: [at({applies: '_type == "page"', allows})]})
    try {
      const client = await lake.clientFor('editor')
      await client.create({_id: 'p', _type: 'page', title: 'Kerry in Moscow'})
      await client.create({_id: 'q', _type: 'page', title: 'Paris'})
      expect(
        await errorOf(client.create({_id: 'r', _type: 'page', title: 'moscow'})),
      ).toMatchObject({
        status: 403,
      })
    } finally {
      await lake.close()
    }
  })
})
