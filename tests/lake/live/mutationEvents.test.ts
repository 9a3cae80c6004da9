import {applyPatch} from 'mendoza'
import {describe, expect, test} from 'vitest'

import {isJsonObject} from '../../../lake/documents/document.ts'
import type {ReadEvent} from './eventReader.ts'
import {client, commit, dataOf, everything, welcomed} from './listening.ts'

describe('a mutation event', () => {
  test('carries exactly the fields of the specification when a document appears', async () => {
    const reader = await welcomed({
      query: '*[_id == "fields"]',
      search: {includeResult: 'true', includePreviousRevision: 'true', effectFormat: 'mendoza'},
    })
    const document = {_id: 'fields', _type: 'article', headline: 'First'}

    await commit('tx-fields-1', {create: document})

    const event = await reader.next()
    const result = {
      ...document,
      _rev: 'tx-fields-1',
      _createdAt: expect.stringMatching(/Z$/),
      _updatedAt: expect.stringMatching(/Z$/),
    }
    expect(event).toEqual({
      event: 'mutation',
      id: expect.stringMatching(/^\d+:tx-fields-1$/),
      data: {
        eventId: 'tx-fields-1#fields',
        documentId: 'fields',
        transactionId: 'tx-fields-1',
        transition: 'appear',
        identity: expect.stringMatching(/./),
        resultRev: 'tx-fields-1',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/),
        visibility: 'query',
        transactionTotalEvents: 1,
        transactionCurrentEvent: 1,
        mutations: [
          {
            create: expect.objectContaining({
              _id: 'fields',
              _type: 'article',
              _createdAt: expect.any(String),
            }),
          },
        ],
        effects: {apply: expect.any(Array), revert: expect.any(Array)},
        previous: null,
        result,
      },
    })
    expect(dataOf(event)).toMatchObject({result: {_updatedAt: dataOf(event)['timestamp']}})
  })

  test('leaves out mutations, results and effects unless they are asked for', async () => {
    const reader = await welcomed({
      query: '*[_id == "sparse"]',
      search: {includeMutations: 'false'},
    })

    await client.create({_id: 'sparse', _type: 'article'})

    expect(Object.keys(dataOf(await reader.next())).toSorted()).toEqual(
      [
        'documentId',
        'eventId',
        'identity',
        'resultRev',
        'timestamp',
        'transactionCurrentEvent',
        'transactionId',
        'transactionTotalEvents',
        'transition',
        'visibility',
      ].toSorted(),
    )
  })

  test('has effects that turn the document into the next and back, without revisions', async () => {
    await client.create({_id: 'effects', _type: 'article', body: [{_key: 'a', text: 'One'}]})
    const reader = await welcomed({
      query: '*[_id == "effects"]',
      search: {effectFormat: 'mendoza', includeResult: 'true', includePreviousRevision: 'true'},
    })

    await client.patch('effects').set({'body[_key=="a"].text': 'Two'}).commit()

    const {effects, previous, result} = dataOf(await reader.next())
    const [before, after] = [previous, result].map((document) => {
      if (!isJsonObject(document)) throw new Error('No document.')
      const {_rev, ...rest} = document
      void _rev
      return rest
    })
    if (
      !isJsonObject(effects) ||
      !Array.isArray(effects['apply']) ||
      !Array.isArray(effects['revert'])
    ) {
      throw new Error('No effects.')
    }
    expect(applyPatch(before, effects['apply'])).toEqual(after)
    expect(applyPatch(after, effects['revert'])).toEqual(before)
  })

  test('chains revisions, and begins the chain anew after a delete', async () => {
    const reader = await welcomed({query: '*[_id == "chain"]', search: {includeResult: 'true'}})

    await commit('tx-chain-1', {create: {_id: 'chain', _type: 'article'}})
    await client.patch('chain').set({headline: 'Two'}).commit({transactionId: 'tx-chain-2'})
    await commit('tx-chain-3', {delete: {id: 'chain'}})
    await commit('tx-chain-4', {create: {_id: 'chain', _type: 'article'}})

    const events = (await reader.take(4)).map(dataOf)
    expect(
      events.map((event) => ({
        transition: event['transition'],
        previousRev: 'previousRev' in event ? event['previousRev'] : 'no key',
        resultRev: event['resultRev'],
        result: 'result' in event,
      })),
    ).toEqual([
      {transition: 'appear', previousRev: 'no key', resultRev: 'tx-chain-1', result: true},
      {transition: 'update', previousRev: 'tx-chain-1', resultRev: 'tx-chain-2', result: true},
      {transition: 'disappear', previousRev: 'tx-chain-2', resultRev: 'tx-chain-3', result: false},
      {transition: 'appear', previousRev: 'no key', resultRev: 'tx-chain-4', result: true},
    ])
  })

  test('comes for an edit that changes nothing too, with a new revision', async () => {
    await client.create({_id: 'noop', _type: 'article', headline: 'Same'})
    const reader = await welcomed({query: '*[_id == "noop"]'})

    await client.patch('noop').set({headline: 'Same'}).commit({transactionId: 'tx-noop'})

    const event = dataOf(await reader.next())
    expect(event).toMatchObject({transition: 'update', resultRev: 'tx-noop'})
    expect(event['previousRev']).not.toBe('tx-noop')
  })

  test('counts, in a transaction, only the events that this listener gets', async () => {
    const pair = await welcomed({
      query: '*[_id in $ids]',
      search: {...everything, $ids: '["count","drafts.count"]'},
    })
    const all = await welcomed({query: '*[_id match "*count*"]', search: everything})

    await client
      .transaction()
      .create({_id: 'count', _type: 'article'})
      .create({_id: 'other-count', _type: 'article'})
      .create({_id: 'drafts.count', _type: 'article'})
      .patch('count', (patch) => patch.set({headline: 'Same document, same event'}))
      .commit({transactionId: 'tx-count'})

    const counts = (events: ReadEvent[]) =>
      events.map((event) => {
        const data = dataOf(event)
        return [data['documentId'], data['transactionCurrentEvent'], data['transactionTotalEvents']]
      })
    expect(counts(await pair.take(2))).toEqual([
      ['count', 1, 2],
      ['drafts.count', 2, 2],
    ])
    expect(counts(await all.take(3))).toEqual([
      ['count', 1, 3],
      ['other-count', 2, 3],
      ['drafts.count', 3, 3],
    ])
  })

  test('holds only the mutations of its own document', async () => {
    const reader = await welcomed({query: '*[_type == "own"]'})

    await client
      .transaction()
      .create({_id: 'own-a', _type: 'own'})
      .create({_id: 'own-b', _type: 'own'})
      .patch('own-a', (patch) => patch.set({headline: 'A'}))
      .commit()

    const events = (await reader.take(2)).map(dataOf)
    expect(events.map(({mutations}) => Array.isArray(mutations) && mutations.length)).toEqual([
      2, 1,
    ])
    expect(JSON.stringify(events[0]?.['mutations'])).not.toContain('own-b')
    expect(JSON.stringify(events[1]?.['mutations'])).not.toContain('own-a')
  })
})
