import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {newsroomRoles} from '../../editorial/roles.ts'
import {
  createPublicationCheck,
  type PublicationCheck,
} from '../../scripts/product/validation/publicationCheck.ts'
import {ask} from '../lake/support/ask.ts'
import {errorOf} from '../lake/support/errorOf.ts'
import {startLake, type RunningLake} from '../lake/support/startLake.ts'
import {soundStory} from '../schemas/stories.ts'

let check: PublicationCheck
let lake: RunningLake
let client: SanityClient

beforeAll(async () => {
  check = createPublicationCheck()
  lake = await startLake({roles: newsroomRoles, check})
  client = await lake.clientFor('administrator', {perspective: 'raw'})
})
afterAll(async () => {
  await lake.close()
  await check.close()
})

/** A sound story of its own, with what a test changes of it. */
let stories = 0
function story(changes: object = {}) {
  stories += 1
  const slug = {_type: 'slug', current: `story-${stories}`}
  return {...soundStory(), _id: `story${stories}`, _type: 'article', slug, ...changes}
}

const refused = (...sentences: [place: number, id: string, sentence: string][]) => ({
  status: 422,
  error: {
    type: 'mutationError',
    description: 'The transaction was refused',
    items: sentences.map(([index, id, description]) => ({
      index,
      error: {type: 'documentInvalidError', id, description},
    })),
  },
})

/** Writes as somebody does who restores what was made elsewhere. */
async function restore(document: object): Promise<void> {
  const reason = 'skipGuards=true&skipGuardsReason=Restoring'
  const answer = await ask(lake, `/v2025-02-19/data/mutate/production?${reason}`, {
    token: await lake.tokenFor('administrator'),
    json: {mutations: [{createOrReplace: document}]},
  })
  expect(answer.status).toBe(200)
}

describe('a story', () => {
  test('that is sound is published, and one with nothing but warnings too', async () => {
    const sound = await client.create(story())
    const long = await client.create(story({headline: 'Long '.repeat(22).trim()}))
    expect(await client.getDocuments([sound._id, long._id])).toEqual([sound, long])
  })

  test('that lacks something is refused, field by field, by mutations and actions', async () => {
    const empty = {_id: 'empty', _type: 'article'}
    const sentences = [
      'Headline: Write a headline: the story cannot be published without one.',
      'Address: Generate the address from the headline: the story needs one to be published.',
      'Lede: Write at least one paragraph: the story cannot be published without a lede.',
      'Language: Choose the language the story is written in, as in “en” or “uk”.',
    ]
    expect(await errorOf(client.create(empty))).toEqual(
      refused(...sentences.map((sentence): [number, string, string] => [0, 'empty', sentence])),
    )
    await client.create({...empty, _id: 'drafts.empty'})
    const publish = client.action({
      actionType: 'sanity.action.document.publish',
      draftId: 'drafts.empty',
      publishedId: 'empty',
    })
    await expect(publish).rejects.toThrow(`The transaction was refused:\n- ${sentences[0]}`)
    expect(await client.getDocument('empty')).toBeUndefined()
  })

  test('names the field in a list by the way to it', async () => {
    const sections = [{_type: 'section', _key: 's', body: []}]
    const error = await errorOf(client.create(story({sections})))
    expect(error).toMatchObject({status: 422})
    expect(JSON.stringify(error)).toContain('Sections › Heading: ')
  })

  test('cannot be made wrong where it is live, and what was wrong there can be lived with', async () => {
    const {_id} = await client.create(story())
    expect(await errorOf(client.patch(_id).set({headline: ''}).commit())).toEqual(
      refused([0, _id, 'Headline: Write a headline: the story cannot be published without one.']),
    )
    const withoutLede = story({lede: []})
    await restore(withoutLede)
    await client.patch(withoutLede._id).set({headline: 'Corrected'}).commit()
    expect(await errorOf(client.patch(withoutLede._id).unset(['language']).commit())).toEqual(
      refused([
        0,
        withoutLede._id,
        'Language: Choose the language the story is written in, as in “en” or “uk”.',
      ]),
    )
  })

  test('that is killed is a tombstone, and passes', async () => {
    const {_id, slug, language} = await client.create(story())
    const killed = {at: '2026-11-24T10:00:00.000Z', notice: 'Taken down.'}
    const tombstone = {_id, _type: 'article', slug, language, killed}
    expect(await client.createOrReplace(tombstone)).toMatchObject(tombstone)
  })
})

describe('an address', () => {
  test('is free when the transaction leaves it so', async () => {
    const one = await client.create(story({headline: 'The first'}))
    const other = story({slug: one.slug})
    const taken = 'Address: “The first” has this address. Change a word of it.'
    expect(await errorOf(client.create(other))).toEqual(refused([0, other._id, taken]))
    await client
      .transaction()
      .create(other)
      .patch(one._id, (patch) => patch.set({slug: {_type: 'slug', current: 'moved-away'}}))
      .commit()
    expect(await client.getDocument(other._id)).toMatchObject({slug: one.slug})
  })

  test('that another story had redirects, and is not free', async () => {
    await client.create(story({headline: 'The older', previousSlugs: ['old-address']}))
    const other = story({slug: {_type: 'slug', current: 'old-address'}})
    expect(await errorOf(client.create(other))).toEqual(
      refused([
        0,
        other._id,
        'Address: “The older” had this address before, and links to it still lead there. Change a word of it.',
      ]),
    )
  })

  test('goes to one of two that are published at the same moment', async () => {
    const slug = {_type: 'slug', current: 'the-same'}
    const outcomes = await Promise.allSettled([
      client.create(story({slug})),
      client.create(story({slug})),
    ])
    expect(outcomes.map(({status}) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await client.fetch('count(*[slug.current == "the-same"])')).toBe(1)
  })
})

test('a lease ends after it starts; one that does not can still be ended', async () => {
  const lease = {
    _id: 'lease',
    _type: 'breakingNews',
    headline: 'It happens',
    level: 'flash',
    startsAt: '2026-11-24T10:00:00.000Z',
    until: '2026-11-24T09:00:00.000Z',
  }
  const error = await errorOf(client.create(lease))
  expect(error).toMatchObject({status: 422})
  expect(JSON.stringify(error)).toContain(
    'Choose an end after the start, or nobody will ever see this.',
  )
  await restore(lease)
  await client.patch('lease').set({endedAt: '2026-11-24T10:05:00.000Z'}).commit()
})

test.each(['author', 'topic', 'siteSettings'])('an empty %s is refused', async (type) => {
  expect(await errorOf(client.create({_id: `empty-${type}`, _type: type}))).toMatchObject({
    status: 422,
  })
})

test('drafts, private documents and pictures are nobody’s business', async () => {
  const draft = {_id: 'drafts.anything', _type: 'article'}
  const member = {_id: 'newsroom.member.x', _type: 'newsroomMember'}
  expect(await client.create(draft)).toMatchObject(draft)
  expect(await client.create(member)).toMatchObject(member)
})

test('a thread that has ended is started again', async () => {
  await check.close()
  const sound = story()
  expect(await client.create(sound)).toMatchObject(sound)
})
