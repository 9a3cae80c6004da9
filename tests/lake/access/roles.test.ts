import {ClientError, createClient, type SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {compileRoles} from '../../../lake/access/grants.ts'
import type {Role} from '../../../lake/access/roles.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

const readAll = {filter: '_id in path("**")', permissions: ['read', 'history']} as const
const write = ['create', 'update'] as const

const roles: readonly Role[] = [
  {name: 'reader', title: 'Reader', description: '', grants: [readAll]},
  {
    name: 'author',
    title: 'Author',
    description: '',
    grants: [
      readAll,
      {filter: '_id in path("drafts.**") && _type == "article"', permissions: write},
      {filter: '_type == "note" && owner == identity()', permissions: write},
    ],
  },
  {
    name: 'chief',
    title: 'Chief',
    description: '',
    grants: [{filter: '_id in path("**")', permissions: ['read', ...write, 'history', 'manage']}],
  },
]

let running: RunningLake
let clients: {[role: string]: SanityClient}

beforeAll(async () => {
  running = await startLake({roles})
  clients = {
    reader: await running.clientFor('reader'),
    author: await running.clientFor('author'),
    chief: await running.clientFor('chief'),
  }
})

afterAll(async () => {
  await running.close()
})

function as(role: string): SanityClient {
  const client = clients[role]
  if (!client) throw new Error(`There is no client for ${role}.`)
  return client
}

async function outcome(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (!(error instanceof ClientError)) throw error
    return {status: error.statusCode, type: error.response.body.error.items?.[0]?.error.type}
  }
}

const refused = {status: 403, type: 'insufficientPermissionsError'}

describe('grants are held by the store, whatever the client', () => {
  test('a reader reads drafts and changes nothing', async () => {
    await as('chief').createOrReplace({_id: 'drafts.r', _type: 'article', title: 'x'})
    const drafts = await as('reader').fetch('*[_id == "drafts.r"].title', {}, {perspective: 'raw'})
    expect(drafts).toEqual(['x'])
    expect([
      await outcome(as('reader').create({_type: 'article'})),
      await outcome(as('reader').patch('drafts.r').set({title: 'y'}).commit()),
      await outcome(as('reader').delete('drafts.r')),
      await outcome(
        as('reader').action({
          actionType: 'sanity.action.document.publish',
          publishedId: 'r',
          draftId: 'drafts.r',
        }),
      ),
    ]).toEqual([refused, refused, refused, refused])
  })

  test('an author writes drafts of articles and nothing else', async () => {
    const author = as('author')
    expect([
      await outcome(author.createOrReplace({_id: 'drafts.w', _type: 'article', title: 'x'})),
      await outcome(author.patch('drafts.w').set({title: 'y'}).commit()),
      await outcome(author.createOrReplace({_id: 'w', _type: 'article'})),
      await outcome(author.createOrReplace({_id: 'drafts.v', _type: 'topic'})),
      await outcome(
        author.action({
          actionType: 'sanity.action.document.publish',
          publishedId: 'w',
          draftId: 'drafts.w',
        }),
      ),
      await outcome(author.delete('drafts.w')),
    ]).toEqual(['done', 'done', refused, refused, refused, 'done'])
  })

  test('a transaction with one refused change does nothing at all', async () => {
    const transaction = as('author')
      .transaction()
      .createOrReplace({_id: 'drafts.t', _type: 'article'})
      .createOrReplace({_id: 't', _type: 'article'})
    expect(await outcome(transaction.commit())).toEqual(refused)
    expect(await as('chief').getDocument('drafts.t')).toBeUndefined()
  })

  test('identity() in a grant is the caller', async () => {
    const {id} = await as('author').users.getById('me')
    expect([
      await outcome(as('author').createOrReplace({_id: 'n1', _type: 'note', owner: id})),
      await outcome(as('author').createOrReplace({_id: 'n2', _type: 'note', owner: 'else'})),
    ]).toEqual(['done', refused])
  })

  test('a role that the program does not know any more opens nothing private', async () => {
    const stray = await running.clientFor('retired')
    await as('chief').createOrReplace({_id: 'drafts.s', _type: 'article'})
    expect(await stray.fetch('count(*[_id == "drafts.s"])', {}, {perspective: 'raw'})).toBe(0)
    expect(await outcome(stray.create({_type: 'article'}))).toEqual(refused)
    expect((await stray.users.getById('me')).role).toBe('retired')
  })
})

test('the author of a change is the user whose token made it', async () => {
  const {id} = await as('chief').users.getById('me')
  await as('chief').createOrReplace({_id: 'h', _type: 'article'})
  const lines = await fetch(
    `${running.url}/v2025-02-19/data/history/production/transactions/h?excludeContent=true`,
    {headers: {authorization: `Bearer ${await running.tokenFor('reader')}`}},
  )
  const transactions = (await lines.text()).trim().split('\n')
  expect(transactions.map((line) => JSON.parse(line).author)).toEqual([id])
})

test('a part of the program acts in process under its own name and role', async () => {
  const inside = running.lake.internalFetch({
    userId: 'importer',
    displayName: 'Story import',
    role: 'author',
  })
  const client = createClient({
    projectId: 'testing',
    dataset: 'production',
    apiVersion: '2025-02-19',
    useCdn: false,
    apiHost: running.url,
    useProjectHostname: false,
    resolveFetch: () => inside,
  })
  await client.createOrReplace({_id: 'drafts.i', _type: 'article', title: 'Imported'})
  expect(await outcome(client.createOrReplace({_id: 'i', _type: 'article'}))).toEqual(refused)
  expect(await client.users.getById('me')).toMatchObject({id: 'importer', name: 'Story import'})

  const named = await as('reader').request({url: '/users/importer'})
  expect(named).toMatchObject({id: 'importer', displayName: 'Story import'})
  expect(await running.lake.accounts.users.list('person')).toEqual([])
})

test('in process, anonymous is anybody', async () => {
  const inside = running.lake.internalFetch('anonymous')
  const answer = await inside(
    `${running.url}/v2025-02-19/data/query/production?perspective=raw&query=${encodeURIComponent('count(*[_id in path("drafts.**")])')}`,
  )
  expect(await answer.json()).toMatchObject({result: 0})
  expect((await inside(`${running.url}/v1/users/me`)).status).toBe(401)
})

test.each([
  [[{filter: '_id in path("**")', permissions: ['read']}], 'everything'],
  [[{filter: '!(_id in path("_.**"))', permissions: ['read']}], 'everything'],
  [[{filter: '_id in path("*")', permissions: ['read']}], 'public'],
  [[{filter: '_type == "article"', permissions: ['read']}], 'public'],
  [[{filter: '_id in path("**")', permissions: ['update']}], 'public'],
  [[], 'public'],
] satisfies [Role['grants'], string][])('a role with the grants %j reads %s', (grants, reads) => {
  const role: Role = {name: 'some', title: 'Some', description: '', grants}
  const clock = {now: () => new Date(0)}
  expect(compileRoles([role], clock).get('some')?.reads).toBe(reads)
})
