import {createClient, type Action, type SanityClient} from '@sanity/client'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import type {Guard} from '../../../lake/access/guards.ts'
import {ask} from '../support/ask.ts'
import {errorOf} from '../support/errorOf.ts'
import {
  keptLog,
  movableClock,
  startLake,
  testEnvironment,
  testRoles,
  type RunningLake,
} from '../support/startLake.ts'

const sealed = 'This page is sealed. Open it first.'

/** A small house of its own: pages are locked by a document beside them, and there are at most two banners. */
const guards: readonly Guard[] = [
  {
    name: 'sealed',
    sentence: sealed,
    applies: '_type == "page" && !(_id in path("drafts.**"))',
    allows: '!(*[_id == "seal." + $id][0].closed == true)',
  },
  {
    name: 'banners',
    sentence: 'There are two banners already. End one of them first.',
    applies: '_type == "banner" && after() != null',
    allows: 'count(*[_type == "banner" && until > $now]) <= 2',
  },
  {
    name: 'referred',
    sentence: 'A banner points at this page. End it first.',
    applies: 'before()._type == "page" && after() == null && !($id in path("drafts.**"))',
    allows: 'count(*[_type == "banner" && references($id)]) == 0',
  },
  {
    name: 'seal',
    sentence: 'Only the chief opens a seal, and says so in its own name.',
    applies: '_type == "seal" && before().closed == true && after().closed != true',
    allows: '"administrator" in $roles && after().by == $userId',
  },
  {
    name: 'step',
    sentence: 'One step at a time.',
    applies: '_type == "counter" && before() != null',
    allows: 'after().value == $was[_id == $id][0].value + 1',
  },
  {
    name: 'late',
    sentence: 'This is over.',
    applies: '_type == "term"',
    allows: 'after().until > $now && now() == $now',
  },
]

const clock = movableClock()
let running: RunningLake
let editor: SanityClient
let chief: SanityClient
let log: ReturnType<typeof keptLog>

beforeEach(async () => {
  log = keptLog()
  const environment = {...testEnvironment(clock), logger: log.logger}
  running = await startLake({guards, environment})
  editor = await running.clientFor('editor', {perspective: 'raw'})
  chief = await running.clientFor('administrator', {perspective: 'raw'})
  await editor.create({_id: 'sealed', _type: 'page', title: 'Sealed', tags: ['a']})
  await editor.create({_id: 'open', _type: 'page', title: 'Open', tags: ['a']})
  await editor.create({_id: 'seal.sealed', _type: 'seal', closed: true})
})

afterEach(() => running.close())

const item = (index: number, guard: string, id: string, description: string) => ({
  index,
  error: {type: 'guardError', guard, id, description},
})

const refusal = (kind: 'mutationError' | 'actionError', ...items: object[]) => ({
  status: 403,
  error: {type: kind, description: 'The transaction was refused', items},
})

/** Everything that there is, with the revisions. */
const everything = () => chief.fetch('*[!(_id in path("_.**"))]{_id, _rev, title, value, tags}')

describe('mutations', () => {
  const changes: {[kind: string]: object} = {
    createOrReplace: {createOrReplace: {_id: 'sealed', _type: 'page', title: 'x'}},
    'patch of an id': {patch: {id: 'sealed', set: {title: 'x'}}},
    'patch of a query': {patch: {query: '*[_type == "page"]', set: {title: 'x'}}},
    insert: {patch: {id: 'sealed', insert: {after: 'tags[-1]', items: ['b']}}},
    unset: {patch: {id: 'sealed', unset: ['tags']}},
    diffMatchPatch: {
      patch: {id: 'sealed', diffMatchPatch: {title: '@@ -1,6 +1,7 @@\n Sealed\n+!\n'}},
    },
    'delete of an id': {delete: {id: 'sealed'}},
    'delete of a query': {delete: {query: '*[_type == "page"]'}},
  }

  test.each(Object.entries(changes))(
    '%s is refused and leaves nothing behind',
    async (_, change) => {
      const before = await everything()
      const sent = {
        mutations: [{create: {_id: 'beside', _type: 'note'}}, change],
        transactionId: 't',
      }
      const refused = await ask(running, '/v2025-02-19/data/mutate/production', {
        token: await running.tokenFor('editor'),
        json: sent,
      })
      expect([refused.status, refused.body]).toEqual([
        403,
        {error: refusal('mutationError', item(1, 'sealed', 'sealed', sealed)).error},
      ])
      expect(await everything()).toEqual(before)
      expect(running.lake.dataset('production').lastSequence()).toBe(3)

      await chief
        .patch('seal.sealed')
        .set({closed: false, by: (await chief.users.getById('me')).id})
        .commit()
      // The id of a refused transaction is free.
      const allowed = await ask(running, '/v2025-02-19/data/mutate/production', {
        token: await running.tokenFor('editor'),
        json: sent,
      })
      expect(allowed.body).toMatchObject({transactionId: 't'})
    },
  )

  test('create and createIfNotExists are judged when they make something', async () => {
    await editor.create({_id: 'seal.new', _type: 'seal', closed: true})
    const page = {_id: 'new', _type: 'page'}
    const expected = refusal('mutationError', item(0, 'sealed', 'new', sealed))
    expect(await errorOf(editor.create(page))).toEqual(expected)
    expect(await errorOf(editor.createIfNotExists(page))).toEqual(expected)
    await editor.createIfNotExists({_id: 'sealed', _type: 'page'})
    await editor.createIfNotExists({...page, _id: 'other'})
    expect(await editor.getDocument('other')).toMatchObject({_type: 'page'})
  })

  test('a dry run is judged too, and what it lets through is not there', async () => {
    const change = editor.patch('sealed').set({title: 'x'})
    expect(await errorOf(editor.mutate(change, {dryRun: true}))).toEqual(
      refusal('mutationError', item(0, 'sealed', 'sealed', sealed)),
    )
    await editor.mutate(editor.patch('open').set({title: 'x'}), {dryRun: true})
    expect(await editor.getDocument('open')).toMatchObject({title: 'Open'})
  })

  test('the client shows the sentence, and each refusal stands at its place', async () => {
    const transaction = editor
      .transaction()
      .patch('open', (patch) => patch.set({title: 'x'}))
      .patch('sealed', (patch) => patch.set({title: 'x'}))
      .create({_id: 'c', _type: 'counter', value: 1})
      .create({_id: 'old', _type: 'term', until: '2020-01-01T00:00:00.000Z'})
    await expect(transaction.commit()).rejects.toThrow(
      `The transaction was refused:\n- ${sealed}\n- This is over.`,
    )
    expect(await errorOf(transaction.commit())).toEqual(
      refusal(
        'mutationError',
        item(1, 'sealed', 'sealed', sealed),
        item(3, 'late', 'old', 'This is over.'),
      ),
    )
  })
})

describe('actions', () => {
  const publishedId = 'sealed'
  const draftId = 'drafts.sealed'
  const actions: {[kind: string]: Action} = {
    publish: {actionType: 'sanity.action.document.publish', draftId, publishedId},
    unpublish: {actionType: 'sanity.action.document.unpublish', draftId, publishedId},
    delete: {
      actionType: 'sanity.action.document.delete',
      publishedId,
      includeDrafts: [draftId],
    },
  }

  test.each(Object.entries(actions))('%s is refused by its place', async (_, action) => {
    await editor.create({_id: draftId, _type: 'page', title: 'Draft'})
    await editor.create({_id: 'drafts.open', _type: 'page', title: 'Draft'})
    const before = await everything()
    const discard = {actionType: 'sanity.action.document.discard', draftId: 'drafts.open'} as const
    expect(await errorOf(editor.action([discard, action]))).toEqual(
      refusal('actionError', item(1, 'sealed', 'sealed', sealed)),
    )
    expect(await errorOf(editor.action([action], {dryRun: true}))).toMatchObject({status: 403})
    expect(await everything()).toEqual(before)

    const changed = JSON.parse(JSON.stringify(action).replaceAll('sealed', 'open'))
    await editor.action([changed])
    expect(await everything()).not.toEqual(before)
  })

  test("those that touch drafts alone are nobody's business", async () => {
    const attributes = {_type: 'page', title: 'Made'}
    await editor.action({
      actionType: 'sanity.action.document.edit',
      draftId,
      publishedId,
      patch: {set: {title: 'Edited'}},
    })
    await editor.action({
      actionType: 'sanity.action.document.replaceDraft',
      publishedId,
      attributes: {...attributes, _id: draftId},
    })
    await editor.action({actionType: 'sanity.action.document.discard', draftId})
    await editor.action({
      actionType: 'sanity.action.document.create',
      publishedId: 'created',
      ifExists: 'fail',
      attributes: {...attributes, _id: 'drafts.created'},
    })
    expect(await editor.getDocument('drafts.created')).toMatchObject({title: 'Made'})
  })
})

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

test('every character of a draft is there, whatever becomes of its seal meanwhile', async () => {
  const {id} = await chief.users.getById('me')
  await editor.create({_id: 'drafts.sealed', _type: 'page', title: ''})
  const typed = 'What is typed at the moment of a change of stage survives.'
  const typing = (async () => {
    for (const end of Array.from(typed).keys()) {
      await editor
        .patch('drafts.sealed')
        .set({title: typed.slice(0, end + 1)})
        .commit()
    }
  })()
  const turning = (async () => {
    for (let turns = 0; turns < 20; turns++) {
      await chief.patch('seal.sealed').set({closed: false, by: id}).commit()
      await chief.patch('seal.sealed').set({closed: true}).commit()
    }
  })()
  await Promise.all([typing, turning])
  expect(await editor.getDocument('drafts.sealed')).toMatchObject({title: typed})
})

test('a part of the program is held to the guards like anybody', async () => {
  const identity = {userId: 'importer', displayName: 'Import', role: 'administrator'}
  const inside = running.lake.internalFetch(identity)
  const client = createClient({
    projectId: 'testing',
    dataset: 'production',
    apiVersion: '2025-02-19',
    useCdn: false,
    apiHost: running.url,
    useProjectHostname: false,
    resolveFetch: () => inside,
  })
  expect(await errorOf(client.patch('sealed').set({title: 'x'}).commit())).toMatchObject({
    status: 403,
  })
})

describe('skipping the guards', () => {
  const skip = (reason?: string) =>
    `/v2025-02-19/data/mutate/production?skipGuards=true${reason === undefined ? '' : `&skipGuardsReason=${encodeURIComponent(reason)}`}`
  const mutation = {patch: {id: 'sealed', set: {title: 'Past'}}}
  const send = async (path: string, role: string, body: object = {}) =>
    await ask(running, path, {
      token: await running.tokenFor(role),
      json: {mutations: [mutation], transactionId: 'past', ...body},
    })

  test('is for administrators, with a reason', async () => {
    expect(await send(skip('Restoring'), 'editor')).toMatchObject({
      status: 403,
      body: {message: 'Only administrators may skip the guards.'},
    })
    for (const reason of [undefined, ' ', 'x'.repeat(1_001)]) {
      expect(await send(skip(reason), 'administrator')).toMatchObject({
        status: 400,
        body: {
          message: 'Say why the guards are skipped: "skipGuardsReason", with 1 to 1000 characters.',
        },
      })
    }
    expect(await editor.getDocument('sealed')).toMatchObject({title: 'Sealed'})
  })

  test('is logged, and listed for administrators', async () => {
    expect(await send(skip('Restoring Monday'), 'administrator')).toMatchObject({status: 200})
    expect(await editor.getDocument('sealed')).toMatchObject({title: 'Past'})
    const list = '/v2025-02-19/data/skipped-guards/production'
    const listed = await ask(running, list, {token: await running.tokenFor('administrator')})
    const userId = expect.stringMatching(/^r/)
    expect(listed.body).toEqual({
      skipped: [
        {
          transactionId: 'past',
          at: expect.stringMatching(/^2026-/),
          userId,
          reason: 'Restoring Monday',
          documentIds: ['sealed'],
        },
      ],
    })
    expect((await ask(running, list, {token: await running.tokenFor('editor')})).status).toBe(403)
    expect((await ask(running, list)).status).toBe(401)
    expect(log.lines.filter(({level}) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'guards were skipped',
        fields: {
          transactionId: 'past',
          userId,
          reason: 'Restoring Monday',
          dataset: 'production',
          documents: 1,
        },
      },
    ])
  })

  test('leaves a record that nobody can take away, and none of what did nothing', async () => {
    await send(skip('A rehearsal').concat('&dryRun=true'), 'administrator')
    const nothing = {mutations: [{delete: {id: 'nobody'}}], transactionId: 'nothing'}
    await send(skip('Nothing'), 'administrator', nothing)
    const records = '*[_type == "system.skippedGuards"]'
    expect(await chief.fetch(`count(${records})`)).toBe(0)

    await send(skip('Restoring'), 'administrator')
    expect(await errorOf(chief.delete({query: records}))).toMatchObject({status: 403})
    const anew = {mutations: [{delete: {query: records}}], transactionId: 'anew'}
    expect(await send(skip('Hiding it'), 'administrator', anew)).toMatchObject({status: 403})
    expect(await chief.fetch(`${records}.reason`)).toEqual(['Restoring'])
    expect(await running.anonymousClient().fetch(`count(${records})`)).toBe(0)
  })

  test('holds for actions too', async () => {
    const path = skip('Taking it down').replace('mutate', 'actions')
    const unpublish = {
      actionType: 'sanity.action.document.unpublish',
      draftId: 'drafts.sealed',
      publishedId: 'sealed',
    }
    expect(await send(path, 'administrator', {actions: [unpublish]})).toMatchObject({status: 200})
    expect(await editor.getDocument('sealed')).toBeUndefined()
  })
})

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
