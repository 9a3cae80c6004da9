import {afterEach, beforeEach, expect, test} from 'vitest'

import {
  articleDocument,
  leaseDocument,
  minutesAgo,
  noon,
  weakReference,
} from '../queries/support/stories.ts'
import {reader} from './support/eventReader.ts'
import {siteUrl, startSite, type RunningSite} from './support/startSite.ts'

let running: RunningSite

beforeEach(async () => {
  running = await startSite()
})
afterEach(() => running.close())

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
    label: 'Breaking News',
    text: 'Storm',
    url: 'https://news.example/a/story',
    startsAt: minutesAgo(5),
    until: minutesAgo(-25),
  }
  expect(JSON.parse(second.data)).toEqual({serverTime: noon, banners: [banner]})
  expect(second.id).not.toBe(first.id)
  expect(await other.next()).toEqual(second)

  const flash = {...banner, level: 'flash', label: 'Flash'}
  await editor.patch('lease').set({level: 'flash'}).commit()
  expect(JSON.parse((await page.next()).data).banners).toEqual([flash])

  const late = reader(await running.get('/live/breaking'))
  expect(JSON.parse((await late.next()).data).banners).toEqual([flash])

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
        label: 'Withdrawn',
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
