import {afterEach, beforeEach, expect, test} from 'vitest'

import {createLiveReaders} from '../../site/liveReaders.ts'
import type {BreakingState} from '../../queries/subscribeBreaking.ts'
import {
  articleDocument,
  leaseDocument,
  minutesAgo,
  noon,
  weakReference,
} from '../queries/support/stories.ts'
import {siteUrl, startSite, type RunningSite} from './support/startSite.ts'

let running: RunningSite

beforeEach(async () => {
  running = await startSite()
})
afterEach(() => running.close())

type ServerEvent = {id: string; event: string; data: string}

/** A reader that takes one event after the other off the stream; comments and `retry` are passed over. */
function reader(response: Response) {
  const decoder = new TextDecoder()
  const bytes = response.body?.getReader()
  let waiting = ''
  const next = async (): Promise<ServerEvent> => {
    for (;;) {
      const end = waiting.indexOf('\n\n')
      if (end >= 0) {
        const fields = new Map(
          waiting
            .slice(0, end)
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
        )
        waiting = waiting.slice(end + 2)
        const event = fields.get('event')
        const read = {
          id: fields.get('id') ?? '',
          event: event ?? '',
          data: fields.get('data') ?? '',
        }
        if (event !== undefined) return read
        continue
      }
      const chunk = await bytes?.read()
      if (!chunk || chunk.done) throw new Error('The stream ended.')
      waiting += decoder.decode(chunk.value, {stream: true})
    }
  }
  return {next, close: async () => await bytes?.cancel()}
}

test('an open page hears of breaking news, of its change and of its end', async () => {
  const {editor} = running
  await editor.createOrReplace(articleDocument('story'))
  const page = reader(await running.get('/live/breaking'))
  const other = reader(await running.get('/live/breaking'))
  const first = await page.next()
  expect(first.event).toBe('state')
  expect(JSON.parse(first.data)).toEqual({serverTime: noon, banners: []})
  await other.next()

  const lease = {headline: 'Storm', article: weakReference('story')}
  await editor.createOrReplace(leaseDocument('lease', lease))
  const second = await page.next()
  const banner = {
    id: 'lease',
    kind: 'news',
    level: 'breaking',
    text: 'Storm',
    url: 'https://news.example/a/story',
    startsAt: minutesAgo(5),
    until: minutesAgo(-25),
  }
  expect(JSON.parse(second.data)).toEqual({serverTime: noon, banners: [banner]})
  expect(second.id).not.toBe(first.id)
  expect(await other.next()).toEqual(second)

  await editor.patch('lease').set({level: 'flash'}).commit()
  expect(JSON.parse((await page.next()).data).banners).toEqual([{...banner, level: 'flash'}])

  const late = reader(await running.get('/live/breaking'))
  expect(JSON.parse((await late.next()).data).banners).toEqual([{...banner, level: 'flash'}])

  await editor.patch('lease').set({endedAt: noon}).commit()
  expect(JSON.parse((await page.next()).data).banners).toEqual([])
  await Promise.all([page, other, late].map((one) => one.close()))
})

test('the same is at /api/breaking.json, withdrawals with their sentence', async () => {
  await running.editor.createOrReplace(
    leaseDocument('wrong', {
      level: 'flash',
      withdrawn: {at: minutesAgo(2), sentence: 'There was no storm.'},
    }),
  )
  expect(await (await running.get('/api/breaking.json')).json()).toEqual({
    serverTime: noon,
    banners: [
      {
        id: 'wrong',
        kind: 'withdrawal',
        level: 'flash',
        text: 'There was no storm.',
        url: null,
        startsAt: minutesAgo(2),
        until: minutesAgo(-28),
      },
    ],
  })
})

test('a HEAD request opens no stream', async () => {
  const answer = await running.site.fetch(new Request(`${siteUrl}/live/breaking`, {method: 'HEAD'}))
  expect([answer.status, answer.body]).toEqual([200, null])
})

test('a reader that does not read is let go; the others miss nothing', async () => {
  let tell: (state: BreakingState) => void = () => {}
  const readers = createLiveReaders({
    siteUrl,
    clock: {now: () => new Date(noon)},
    subscribe: (receive) => {
      tell = receive
      return () => {}
    },
  })
  const stalled = readers.open()
  const reading = reader(readers.open())
  expect(readers.count()).toBe(2)
  const texts: string[] = []
  for (let number = 0; number < 80; number += 1) {
    const text = `${number} ${'x'.repeat(1000)}`
    tell({
      at: new Date(noon),
      banners: [
        {
          _id: 'a',
          kind: 'news',
          level: 'flash',
          text,
          startsAt: noon,
          until: minutesAgo(-1),
          storySlug: undefined,
        },
      ],
    })
    const {data} = await reading.next()
    texts.push(JSON.parse(data).banners[0].text.split(' ')[0])
  }
  expect(texts).toEqual(Array.from({length: 80}, (_, number) => String(number)))
  expect(readers.count()).toBe(1)
  await expect(stalled.text()).rejects.toThrow('This reader does not read.')
  await reading.close()
  expect(readers.count()).toBe(0)
  readers.close()
})
