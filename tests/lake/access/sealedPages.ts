import type {SanityClient} from '@sanity/client'
import {afterEach, beforeEach} from 'vitest'

import type {Guard} from '../../../lake/access/guards.ts'
import {
  keptLog,
  movableClock,
  startLake,
  testEnvironment,
  type RunningLake,
} from '../support/startLake.ts'

// Importing this file gives each test of the importing file a lake with guards, two pages and a seal on one of them.

export const sealed = 'This page is sealed. Open it first.'

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

export const clock = movableClock()
export let running: RunningLake
export let editor: SanityClient
export let chief: SanityClient
export let log: ReturnType<typeof keptLog>

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

/** Everything that there is, with the revisions. */
export const everything = () =>
  chief.fetch('*[!(_id in path("_.**"))]{_id, _rev, title, value, tags}')
