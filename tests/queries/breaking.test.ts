import fc from 'fast-check'
import {describe, expect, test} from 'vitest'

import {liveLeases} from '../../editorial/breaking.ts'
import {labelOf} from '../../editorial/labels.ts'
import {
  bannersAt,
  fetchLeases,
  fetchLiveLeases,
  nextBannerEdge,
  type Lease,
} from '../../queries/breaking.ts'
import {memoryLake} from './support/memoryLake.ts'
import {articleDocument, leaseDocument, minutesAgo, noon, weakReference} from './support/stories.ts'

const now = new Date(noon)
// Times close together, so that edges meet.
const time = fc.integer({min: -300, max: 300}).map((minutes) => minutesAgo(minutes))
const level = fc.constantFrom('flash', 'breaking', 'developing')
const leases = fc.uniqueArray(
  fc.record({
    _id: fc.integer({min: 0, max: 99}).map((number) => `lease-${number}`),
    _type: fc.constant('breakingNews'),
    headline: fc.constant('News'),
    level,
    startsAt: fc.oneof(time, fc.constant(noon)),
    until: fc.oneof(time, fc.constant(noon)),
    endedAt: fc.option(time, {nil: undefined, freq: 4}),
    withdrawn: fc.option(fc.record({at: time, sentence: fc.constant('Wrong.')}), {
      nil: undefined,
      freq: 4,
    }),
    article: fc.constant(weakReference('story')),
  }),
  {selector: ({_id}) => _id, maxLength: 6},
)

const ids = (found: readonly {_id: string}[]) => found.map(({_id}) => _id)

describe('the filter for live leases', () => {
  test('is the newsroom’s rule, on its exact edges too', async () => {
    await fc.assert(
      fc.asyncProperty(leases, async (written) => {
        const {client} = memoryLake(...written)
        const all = await fetchLeases(client, now)
        expect(ids(await fetchLiveLeases(client, now))).toEqual(ids(liveLeases(all, now)))
        const models = written.map((one): Lease => ({
          ...one,
          level: levelOf(one.level),
          storySlug: undefined,
        }))
        expect(ids(liveLeases(all, now))).toEqual(ids(liveLeases(models, now)))
      }),
    )
  })

  test('leaves none out that a label or a banner depends on', async () => {
    await fc.assert(
      fc.asyncProperty(leases, async (written) => {
        const all = written.map((one): Lease => ({
          ...one,
          level: levelOf(one.level),
          storySlug: undefined,
        }))
        const found = await fetchLeases(memoryLake(...written).client, now)
        const article = {_id: 'story'}
        expect(labelOf({article, leases: found, now})).toEqual(labelOf({article, leases: all, now}))
        expect(bannersAt(found, now)).toEqual(bannersAt(all, now))
        expect(nextBannerEdge(found, now)).toEqual(nextBannerEdge(all, now))
      }),
    )
  })
})

function levelOf(name: string): Lease['level'] {
  return name === 'flash' || name === 'breaking' ? name : 'developing'
}

describe('the banner', () => {
  test('links to the story while it can be read', async () => {
    const {client, write} = memoryLake(
      articleDocument('story'),
      leaseDocument('lease', {article: weakReference('story')}),
    )
    const slugs = async () =>
      bannersAt(await fetchLeases(client, now), now).map((one) => one.storySlug)
    expect(await slugs()).toEqual(['story'])
    write(articleDocument('story', {killed: {at: noon, notice: 'Gone.'}}))
    expect(await slugs()).toEqual([undefined])
  })

  test('of a withdrawn flash says so for half an hour', async () => {
    const withdrawn = {at: noon, sentence: 'There was none.'}
    const {client} = memoryLake(leaseDocument('lease', {level: 'flash', withdrawn}))
    const found = await fetchLeases(client, now)
    const banner = {
      _id: 'lease',
      kind: 'withdrawal',
      level: 'flash',
      text: 'There was none.',
      startsAt: noon,
      until: minutesAgo(-30),
      storySlug: undefined,
    }
    expect(bannersAt(found, now)).toEqual([banner])
    expect(nextBannerEdge(found, now)).toEqual(new Date(minutesAgo(-30)))
    expect(bannersAt(found, new Date(Date.parse(minutesAgo(-30)) - 1))).toEqual([banner])
    expect(bannersAt(found, new Date(minutesAgo(-30)))).toEqual([])
  })

  test('of a flash that was withdrawn before anyone saw it never comes', async () => {
    const withdrawn = {at: minutesAgo(10), sentence: 'There was none.'}
    const {client} = memoryLake(leaseDocument('lease', {startsAt: minutesAgo(5), withdrawn}))
    expect(bannersAt(await fetchLeases(client, now), now)).toEqual([])
  })
})
