import {describe, expect, test} from 'vitest'

import {errorOf} from '../support/errorOf.ts'
import {item, refusal} from './refusals.ts'
import {chief, clock, editor, running, sealed} from './sealedPages.ts'

describe('what a guard sees', () => {
  test('the state after the transaction: counts and references are those that it leaves', async () => {
    const until = '2099-01-01T00:00:00.000Z'
    const banner = (name: string) => ({
      _id: name,
      _type: 'banner',
      until,
      page: {_type: 'reference', _ref: 'open', _weak: true},
    })
    await editor.create(banner('b1'))
    await editor.create(banner('b2'))
    const full = 'There are two banners already. End one of them first.'
    expect(await errorOf(editor.create(banner('b3')))).toEqual(
      refusal('mutationError', item(0, 'banners', 'b3', full)),
    )
    await editor.transaction().delete('b1').create(banner('b3')).commit()
    await editor
      .transaction()
      .create(banner('b4'))
      .patch('b3', (patch) => patch.set({until: '2020-01-01T00:00:00.000Z'}))
      .commit()
    expect(await errorOf(editor.delete('open'))).toEqual(
      refusal(
        'mutationError',
        item(0, 'referred', 'open', 'A banner points at this page. End it first.'),
      ),
    )
    await editor.delete({query: '*[references("open") || _id == "open"]'})
    expect(await editor.fetch('*[_type == "banner"]')).toEqual([])
  })

  test('a document that the transaction itself opens or closes', async () => {
    const {id} = await chief.users.getById('me')
    const opening = chief
      .transaction()
      .patch('sealed', (patch) => patch.set({title: 'x'}))
      .patch('seal.sealed', (patch) => patch.set({closed: false, by: id}))
    await opening.commit()
    const closing = chief
      .transaction()
      .patch('seal.sealed', (patch) => patch.set({closed: true}))
      .patch('sealed', (patch) => patch.set({title: 'y'}))
    expect(await errorOf(closing.commit())).toEqual(
      refusal('mutationError', item(1, 'sealed', 'sealed', sealed)),
    )
  })

  test('who it is: $userId and $roles', async () => {
    const own = {closed: false, by: (await editor.users.getById('me')).id}
    const sentence = 'Only the chief opens a seal, and says so in its own name.'
    const expected = refusal('mutationError', item(0, 'seal', 'seal.sealed', sentence))
    expect(await errorOf(editor.patch('seal.sealed').set(own).commit())).toEqual(expected)
    expect(await errorOf(chief.patch('seal.sealed').set(own).commit())).toEqual(expected)
    expect(await errorOf(editor.delete('seal.sealed'))).toEqual(expected)
    const by = (await chief.users.getById('me')).id
    await chief.patch('seal.sealed').set({closed: false, by}).commit()
  })

  test('how it was: $was, for each document of a transaction', async () => {
    await editor.create({_id: 'n1', _type: 'counter', value: 1})
    await editor.create({_id: 'n2', _type: 'counter', value: 10})
    const step = (...values: number[]) =>
      editor.mutate(
        values
          .map((value, place) => editor.patch(`n${place + 1}`).set({value}))
          .reduce((transaction, patch) => transaction.patch(patch), editor.transaction()),
      )
    expect(await errorOf(step(2, 12))).toEqual(
      refusal('mutationError', item(1, 'step', 'n2', 'One step at a time.')),
    )
    await step(2, 11)
    expect(await editor.fetch('*[_type == "counter"] | order(_id).value')).toEqual([2, 11])
  })

  test('when it is: $now is the time that the transaction bears', async () => {
    const at = (milliseconds: number) =>
      new Date(clock.now().getTime() + milliseconds).toISOString()
    await editor.create({_id: 'soon', _type: 'term', until: at(60_000)})
    clock.advance(120_000)
    expect(await errorOf(editor.patch('soon').set({note: 'x'}).commit())).toEqual(
      refusal('mutationError', item(0, 'late', 'soon', 'This is over.')),
    )
  })

  test('permissions come first', async () => {
    const viewer = await running.clientFor('viewer')
    expect(await errorOf(viewer.patch('sealed').set({title: 'x'}).commit())).toMatchObject({
      error: {items: [{error: {type: 'insufficientPermissionsError'}}]},
    })
  })
})
