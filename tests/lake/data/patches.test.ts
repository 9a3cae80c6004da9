import {describe, expect, test} from 'vitest'

import type {Commit} from '../../../lake/documents/commit.ts'
import {ask} from '../support/ask.ts'
import {errorOf} from '../support/errorOf.ts'
import {client, lake, token} from './editorsLake.ts'

/** Sends a patch as it stands, and answers the document without what the lake itself keeps. */
async function patched(document: object, patch: object): Promise<unknown> {
  const mutations = [
    {createOrReplace: {...document, _id: 'patched', _type: 'note'}},
    {patch: {id: 'patched', ...patch}},
  ]
  const path = '/v2025-02-19/data/mutate/production'
  const answer = await ask(lake, path, {token, json: {mutations}})
  if (answer.status !== 200) return {status: answer.status, body: answer.body}
  const found = await client.getDocument('patched')
  const {_id, _type, _rev, _createdAt, _updatedAt, ...rest} = found ?? {}
  return rest
}

const list = [
  {_key: 'a', text: 'A'},
  {_key: 'b', text: 'B'},
  {_key: 'c', text: 'C'},
]
const [a, b, c] = list

describe('one operation', () => {
  test.each<[string, object, object, object]>([
    ['set', {a: 1}, {set: {a: 2, b: 'new'}}, {a: 2, b: 'new'}],
    ['set makes what stands above', {}, {set: {'a.b.c': 1}}, {a: {b: {c: 1}}}],
    ['set by index', {l: [1, 2, 3]}, {set: {'l[1]': 'x', 'l[-1]': 'y'}}, {l: [1, 'x', 'y']}],
    ['set by key', {list}, {set: {'list[_key=="b"].text': 'X'}}, {list: [a, {...b, text: 'X'}, c]}],
    [
      'set of a range',
      {list},
      {set: {'list[0:2].text': 'X'}},
      {list: [{...a, text: 'X'}, {...b, text: 'X'}, c]},
    ],
    [
      'set of quoted attributes',
      {a: {}},
      {set: {'["b-c"]': 1, 'a["b-c"]': 2, "a['d-e']": 3}},
      {'b-c': 1, a: {'b-c': 2, 'd-e': 3}},
    ],
    ['unset of a quoted attribute', {a: {'b-c': 1}}, {unset: ['a["b-c"]']}, {a: {}}],
    ['set of null', {a: 1}, {set: {a: null}}, {a: null}],
    ['set of a key that is not there', {list}, {set: {'list[_key=="z"].text': 'X'}}, {list}],
    ['set everywhere below', {a: {x: 1}, b: [{x: 2}]}, {set: {'..x': 0}}, {a: {x: 0}, b: [{x: 0}]}],
    ['setIfMissing', {a: 1}, {setIfMissing: {a: 2, b: 3}}, {a: 1, b: 3}],
    ['unset', {a: 1, b: {c: 1, d: 2}}, {unset: ['a', 'b.c', 'missing.too']}, {b: {d: 2}}],
    ['unset by key', {list}, {unset: ['list[_key=="b"]']}, {list: [a, c]}],
    ['unset of a range', {l: [0, 1, 2, 3]}, {unset: ['l[1:3]']}, {l: [0, 3]}],
    ['inc', {a: 1, b: {c: 0.5}}, {inc: {a: 2, 'b.c': 0.25}}, {a: 3, b: {c: 0.75}}],
    ['dec', {a: 1}, {dec: {a: 2}}, {a: -1}],
    [
      'append',
      {list},
      {insert: {after: 'list[-1]', items: ['x', 'y']}},
      {list: [...list, 'x', 'y']},
    ],
    ['prepend', {list}, {insert: {before: 'list[0]', items: ['x']}}, {list: ['x', ...list]}],
    ['insert into nothing', {l: []}, {insert: {after: 'l[-1]', items: [1]}}, {l: [1]}],
    [
      'insert after a key',
      {list},
      {insert: {after: 'list[_key=="a"]', items: ['x']}},
      {list: [a, 'x', b, c]},
    ],
    [
      'replace',
      {list},
      {insert: {replace: 'list[_key=="b"]', items: ['x', 'y']}},
      {list: [a, 'x', 'y', c]},
    ],
    [
      'replace of a range',
      {l: [0, 1, 2, 3]},
      {insert: {replace: 'l[1:3]', items: ['x']}},
      {l: [0, 'x', 3]},
    ],
    [
      'diffMatchPatch',
      {text: 'need article 2'},
      {diffMatchPatch: {text: '@@ -2,13 +2,16 @@\n eed \n-article 2\n+2 in release\n'}},
      {text: 'need 2 in release'},
    ],
    [
      'diffMatchPatch beyond the basic plane',
      {text: '👋🏽 Grüße, Straße'},
      {diffMatchPatch: {text: '@@ -14,12 +14,16 @@\n %C3%9Fe, Stra\n+%F0%9F%98%80\n %C3%9Fe\n'}},
      {text: '👋🏽 Grüße, Stra😀ße'},
    ],
    [
      'diffMatchPatch where a colleague wrote meanwhile',
      {text: 'attacks in Anna was hereBrussels'},
      {diffMatchPatch: {text: '@@ -4,16 +4,17 @@\n acks in \n+N\n Brussels\n'}},
      {text: 'attacks in Anna was hereNBrussels'},
    ],
    [
      'diffMatchPatch that finds less than half of its surroundings adds nothing, as in the Studio',
      {text: 'attacks in  Nadia was Anna was h heerere.Brussels,'},
      {diffMatchPatch: {text: '@@ -30,16 +30,17 @@\n dia wase\n+.\n Brussels\n'}},
      {text: 'attacks in  Nadia was Anna was h heerere.Brussels,'},
    ],
    ['a patch that does nothing', {a: 1}, {unset: ['_empty_action_guard_pseudo_field_']}, {a: 1}],
    ['a patch without operations', {a: 1}, {}, {a: 1}],
  ])('%s', async (_name, document, patch, result) => {
    expect(await patched(document, patch)).toEqual(result)
  })
})

describe('several operations in one patch', () => {
  const patch = {
    diffMatchPatch: {'list[0]': '@@ -1,5 +1,6 @@\n-first\n+zeroth\n'},
    insert: {before: 'list[0]', items: ['first']},
    inc: {count: 1},
    unset: ['gone'],
    setIfMissing: {text: 'never', gone: 'never'},
    set: {count: 10, gone: 'soon', text: 'set', list: ['second']},
  }

  test('run in the order of the specification, however they are written', async () => {
    expect(await patched({}, patch)).toEqual({count: 11, text: 'set', list: ['zeroth', 'second']})
  })

  test('are told as a mutation each, since the Studio runs those of one patch in another order', async () => {
    const commits: Commit[] = []
    const stop = lake.lake.dataset('production').onCommit((commit) => commits.push(commit))

    await patched({}, patch)
    stop()

    const told = commits.flatMap(({changes}) => changes.flatMap(({mutations}) => mutations))
    expect(told.slice(1)).toEqual([
      {patch: {id: 'patched', set: patch.set}},
      {patch: {id: 'patched', setIfMissing: patch.setIfMissing}},
      {patch: {id: 'patched', unset: patch.unset}},
      {patch: {id: 'patched', inc: patch.inc}},
      {patch: {id: 'patched', insert: patch.insert}},
      {patch: {id: 'patched', diffMatchPatch: patch.diffMatchPatch}},
    ])
  })
})

describe('a patch that cannot be done fails as a whole', () => {
  const refused = (status: number, type: string, description: string) => ({
    status,
    body: {
      error: {
        type: 'mutationError',
        description: `Mutation failed: ${description}`,
        items: [{index: 1, error: {type, description}}],
      },
    },
  })
  const notA = (path: string, kind: string) =>
    refused(
      409,
      'patchTargetError',
      `Cannot patch "${path}" of document "patched": the value there is not ${kind}`,
    )
  const never = (name: string) =>
    refused(
      400,
      'validationError',
      `The attribute "${name}" of document "patched" cannot be changed.`,
    )

  test.each<[string, object, object]>([
    ['inc of text', {set: {done: 1}, inc: {text: 1}}, notA('text', 'a number')],
    ['dec of nothing', {dec: {missing: 1}}, notA('missing', 'a number')],
    ['diffMatchPatch of a number', {diffMatchPatch: {count: ''}}, notA('count', 'a string')],
    ['a change of type', {set: {_type: 'other'}}, never('_type')],
    ['a change of id', {set: {_id: 'other'}}, never('_id')],
    ['another beginning', {unset: ['_createdAt']}, never('_createdAt')],
    [
      'an operation that nobody knows',
      {set: {text: 'kept'}, setIfmissing: {text: 'lost'}},
      refused(400, 'validationError', 'The patch has an unknown operation "setIfmissing".'),
    ],
  ])('%s', async (_name, patch, answer) => {
    expect(await patched({text: 'x', count: 1}, patch)).toEqual(answer)
  })

  test.each([
    ['a path that cannot be read', {set: {'a[[b': 1}}],
    ['a number that is none', {inc: {count: '1'}}],
    ['an insert without a place', {insert: {items: []}}],
    ['text that is no patch', {diffMatchPatch: {text: 'nonsense'}}],
  ])('%s, with 400', async (_name, patch) => {
    expect(await patched({text: 'x', count: 1}, patch)).toMatchObject({
      status: 400,
      body: {error: {type: 'mutationError', items: [{index: 1, error: {type: 'validationError'}}]}},
    })
  })

  test('a depth that grows patch by patch', async () => {
    const path = (name: string) => Array.from({length: 90}, () => name).join('.')

    expect(await patched({}, {set: {[path('a')]: {[path('b')]: 1}}})).toMatchObject({})
    expect(await patched({}, {set: {[`${path('a')}.${path('b')}`]: 1}})).toEqual(
      refused(400, 'validationError', 'The JSON is nested more than 100 levels deep.'),
    )
  })
})

describe('ifRevisionID', () => {
  test('of another revision refuses the patch and names both', async () => {
    const {_rev} = await client.create({_id: 'guarded', _type: 'note', count: 1})

    const description = `Document "guarded" has unexpected revision ID ("${_rev}"), expected "other"`
    const patch = client.patch('guarded').ifRevisionId('other').inc({count: 1})
    expect(await errorOf(patch.commit())).toEqual({
      status: 409,
      error: {
        type: 'mutationError',
        description: `Mutation failed: ${description}`,
        items: [
          {
            index: 0,
            error: {
              type: 'documentRevisionIDDoesNotMatchError',
              currentRevisionID: _rev,
              expectedRevisionID: 'other',
              description,
            },
          },
        ],
      },
    })
    expect(await client.getDocument('guarded')).toMatchObject({_rev, count: 1})
  })

  test('of the present revision lets it pass, once', async () => {
    const {_rev} = await client.create({_id: 'locked', _type: 'note', count: 1})
    const once = () => client.patch('locked').ifRevisionId(_rev).inc({count: 1}).commit()

    const both = await Promise.allSettled([once(), once()])

    expect(both.map(({status}) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await client.getDocument('locked')).toMatchObject({count: 2})
  })
})

test('a patch that changes nothing makes a revision all the same', async () => {
  const {_rev, _updatedAt} = await client.create({_id: 'same', _type: 'note', text: 'Same'})

  await client.patch('same').set({text: 'Same'}).commit({transactionId: 'tx-same'})

  const after = await client.getDocument('same')
  expect(after).toMatchObject({_rev: 'tx-same', text: 'Same'})
  expect([_rev, _updatedAt]).not.toContain(after?._rev)
  expect(String(after?._updatedAt) > _updatedAt).toBe(true)
})
