import {randomUUID} from 'node:crypto'

import type {SanityClient} from '@sanity/client'
import type {Page} from 'playwright-core'
import {expect} from 'vitest'
import {z} from 'zod'

import {breakStory, endBreaking, liveLeaseFilter} from '../../../editorial/breaking.ts'
import type {BreakingNews} from '../../../editorial/documents.ts'
import {planBreaking} from '../../../editorial/planning.ts'
import {minute, storedTimeOf} from '../../../editorial/time.ts'
import type {StoryToBreak} from '../../../studio/breaking/breakingRequest.ts'
import {goLive} from '../../../studio/breaking/goLive.ts'
import {transact} from '../../../studio/publishing/publishStory.ts'
import {readDesk, readLease} from '../../support/deskAsRead.ts'
import type {Newsroom} from './openNewsroom.ts'

/** All breaking news that readers see. */
export function liveLeases(client: SanityClient): Promise<BreakingNews[]> {
  const now = storedTimeOf(new Date())
  return client.fetch(`*[_type == "breakingNews" && ${liveLeaseFilter}]`, {now})
}

/** When a piece of breaking news ends, whatever became of it. */
export async function untilOf(client: SanityClient, leaseId: string): Promise<string> {
  return (await client.fetch<string | null>('*[_id == $leaseId][0].until', {leaseId})) ?? ''
}

/** A stored time so many minutes after another. */
export function later(time: string, minutes: number): string {
  return storedTimeOf(new Date(Date.parse(time) + minutes * minute))
}

/** Puts a flash up for as many minutes, or a story's banner, by whoever the client's token is. */
export async function breakAs(
  client: SanityClient,
  {
    leaseId,
    headline,
    minutes,
    story,
  }: {leaseId: string; headline: string; minutes: number; story?: StoryToBreak},
): Promise<void> {
  const {deskRevision, live} = await readDesk(client)
  const form = {headline, level: 'breaking', topics: [], minutes} as const
  const seen = {revision: deskRevision, live: []}
  const by = await userOf(client)
  expect(live.some(({_id}) => _id === leaseId)).toBe(false)
  const outcome = await goLive({client, leaseId, form, story, seen, by})
  expect(outcome.kind).toBe('done')
}

export async function endAs(client: SanityClient, leaseId: string): Promise<void> {
  const {mutations} = endBreaking({...(await readLease(client, leaseId)), by: await userOf(client)})
  await transact(client, mutations, 'test')
}

export async function endAll(client: SanityClient): Promise<void> {
  for (const {_id} of await liveLeases(client)) await endAs(client, _id)
}

/** A plan that starts in so many milliseconds. */
export async function planAs(
  client: SanityClient,
  {headline, milliseconds}: {headline: string; milliseconds: number},
): Promise<void> {
  const {deskRevision, now} = await readDesk(client)
  const {mutations} = planBreaking({
    headline,
    level: 'developing',
    minutes: 30,
    now,
    by: await userOf(client),
    leaseId: randomUUID(),
    deskRevision,
    startsAt: new Date(now.getTime() + milliseconds),
  })
  await transact(client, mutations, 'test')
}

/** What was done with a piece of breaking news, as its log has it. */
export function stepsOf(client: SanityClient, headline: string): Promise<string[]> {
  const log = '*[_type == "breakingLog" && lease->headline == $headline][0].log[].did'
  return client.fetch(log, {headline})
}

async function userOf(client: SanityClient): Promise<string> {
  return (await client.request<{id: string}>({url: '/users/me'})).id
}

/** Puts something up as the person of a page does, by the session of their browser, some time ago. */
export async function putUpBy(
  page: Page,
  {product: {origin}, administrator}: Newsroom,
  {leaseId, headline, secondsLeft}: {leaseId: string; headline: string; secondsLeft: number},
): Promise<void> {
  const {deskRevision} = await readDesk(administrator)
  const api = `${origin}/v2025-02-19`
  const me = z
    .object({id: z.string()})
    .parse(await (await page.request.get(`${api}/users/me`)).json())
  const until = Date.now() + secondsLeft * 1000
  const begin = new Date(Math.min(Date.now(), until - 20 * minute))
  const {mutations} = breakStory({
    headline,
    level: 'breaking',
    minutes: (until - begin.getTime()) / minute,
    now: begin,
    by: me.id,
    leaseId,
    deskRevision,
    live: [],
  })
  const answer = await page.request.post(`${api}/data/mutate/production`, {
    data: {mutations},
    headers: {origin},
  })
  expect(await answer.text()).toContain('transactionId')
}
