import * as fc from 'fast-check'
import {expect, test} from 'vitest'
import {stageAsRead, type Asking} from '../../editorial/asking.ts'
import {
  article,
  editorialState,
  stages,
  type Article,
  type Stage,
} from '../../editorial/documents.ts'
import {EditorialError} from '../../editorial/errors.ts'
import {moveOf} from '../../editorial/moves.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {contentOf} from '../../editorial/publicationFields.ts'
import {publicationOf} from '../../editorial/publishing.ts'
import {killOf, reviveOf, unpublicationOf} from '../../editorial/takingDown.ts'
import {storedTimeOf} from '../../editorial/time.ts'
import {stepFor, workflowActions, type WorkflowAction} from '../../editorial/workflow.ts'
import {refusals} from './judged.ts'
import {newsroomInMemory, type Stored} from './newsroomInMemory.ts'
import {countedKeys, liveStory, paragraph} from './stories.ts'

const text = fc
  .string({minLength: 1, maxLength: 20, unit: 'grapheme'})
  .filter((words) => words.trim() !== '')
const slug = fc.constantFrom('kerry', 'kerry-in-moscow', 'kerry-2')

const longAgo = '1999-01-01T00:00:00.000Z'
const forgedUpdate = {
  _type: 'articleUpdate' as const,
  _key: 'f',
  number: 99,
  at: longAgo,
  note: 'Forged.',
}
const forgedCorrection = {
  _type: 'correction' as const,
  _key: 'f',
  kind: 'correction' as const,
  at: longAgo,
  text: 'Forged.',
}

/** What a careless or hostile client, a duplicate or a restored revision may bring into a draft. */
const forgery = fc.record(
  {
    update: fc.boolean(),
    updates: fc.array(fc.constant(forgedUpdate), {minLength: 1, maxLength: 1}),
    corrections: fc.array(fc.constant(forgedCorrection), {minLength: 1, maxLength: 1}),
    killed: fc.constant({at: '1999-01-01T00:00:00.000Z', notice: 'Forged.'}),
    firstPublishedAt: fc.constant('1999-01-01T00:00:00.000Z'),
    lastUpdatedAt: fc.constant('2999-01-01T00:00:00.000Z'),
    previousSlugs: fc.array(fc.constant('forged'), {minLength: 1, maxLength: 1}),
  },
  {requiredKeys: []},
)

const writing = fc.record({headline: text, words: text, slug, unknown: fc.jsonValue(), forgery})
type Writing = typeof writing extends fc.Arbitrary<infer Written> ? Written : never

const kind = fc.constantFrom(
  'silentFix' as const,
  'update' as const,
  'correction' as const,
  'clarification' as const,
)
const event = fc.oneof(
  {weight: 2, arbitrary: fc.record({type: fc.constant('write' as const), writing})},
  {weight: 1, arbitrary: fc.record({type: fc.constant('restore' as const)})},
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('act' as const),
      action: fc.constantFrom(...workflowActions),
      kind,
      words: text,
    }),
  },
)
type Acting = Extract<typeof event extends fc.Arbitrary<infer Event> ? Event : never, {type: 'act'}>

function mutationsOf({action, kind: what, words}: Acting, asking: Asking): Mutation[] {
  const leases: [] = []
  switch (action) {
    case 'publish':
      return publicationOf({...asking, answer: {kind: 'first'}}).mutations
    case 'publishNow':
      return publicationOf({...asking, answer: {kind: 'now', reason: words}}).mutations
    case 'publishScheduled':
      return publicationOf({...asking, answer: {kind: 'scheduled'}}).mutations
    case 'republish': {
      const answer = {kind: what, note: words, text: words}
      return publicationOf({...asking, answer}).mutations
    }
    case 'clearUpdateLabel':
      return publicationOf({...asking, answer: {kind: 'clearUpdateLabel'}}).mutations
    case 'kill':
      return killOf({...asking, leases, ...(asking.live ? {notice: words} : {reason: words})})
        .mutations
    case 'revive':
      return reviveOf({...asking, reason: words}).mutations
    case 'unpublish':
      return unpublicationOf({...asking, reason: words, leases}).mutations
    case 'schedule':
      return moveOf(asking, {action, at: storedTimeOf(new Date(asking.now.getTime() + 1000))})
        .mutations
    case 'scheduleFailed':
      return moveOf(asking, {action, reason: words}).mutations
    case 'assign':
      return moveOf(asking, {action, assignee: words}).mutations
    default:
      return moveOf(asking, {action, note: words}).mutations
  }
}

/** One story and all that ever happened to it. */
function newLife() {
  const newsroom = newsroomInMemory()
  const newKey = countedKeys()
  const reached = new Set<Stage>()
  /** The revisions that readers saw. */
  const seen: Article[] = []
  let now = Date.parse('2026-11-24T09:00:00.000Z')
  let written: {[field: string]: unknown} = {}

  const read = (id: string) => article.optional().parse(newsroom.document(id))
  const asking = (): Asking => ({
    draft: read('drafts.kerry'),
    live: read('kerry'),
    state: editorialState.optional().parse(newsroom.document('editorial.kerry')),
    now: new Date(now),
    by: 'ann',
    role: 'publisher',
    newKey,
    errors: [],
  })
  const put = (story: Article) => {
    newsroom.put({...story, _id: 'drafts.kerry'})
    written = contentOf(story)
  }
  return {
    reached,
    write({headline, words, slug: current, unknown, forgery: forged}: Writing) {
      const {firstPublishedAt: _first, _rev, ...base} = liveStory()
      const lede = [paragraph('p1', words)]
      put({...base, headline, lede, slug: {_type: 'slug', current}, unknown, ...forged})
    },
    /** The Studio puts an older revision into the draft, whatever it holds. */
    restore() {
      const [first] = seen
      if (first) put(first)
    },
    act(acting: Acting) {
      now += 700
      const before = asking()
      const documents = newsroom.ids().flatMap((id) => newsroom.document(id) ?? [])
      const mutations = attempted(acting, before)
      if (mutations === undefined) return
      expectGuardsAgree(documents, mutations, before.now)
      newsroom.commit(mutations)
      const after = asking()
      expectStep(acting.action, before, after, written)
      reached.add(stageAsRead(after))
      if (after.live && !after.live.killed) {
        expectReadersTrust(after.live, seen, storedTimeOf(before.now))
        seen.push(after.live)
      }
    },
  }
}

/** What an action writes; undefined when the rules refuse it. */
function attempted(acting: Acting, asking: Asking): Mutation[] | undefined {
  try {
    return mutationsOf(acting, asking)
  } catch (error) {
    if (error instanceof EditorialError) return undefined
    throw error
  }
}

function expectGuardsAgree(before: Stored[], mutations: Mutation[], now: Date): void {
  expect(refusals(before, mutations, {userId: 'ann', role: 'publisher', now})).toEqual([])
}

function expectStep(
  action: WorkflowAction,
  before: Asking,
  after: Asking,
  written: {[field: string]: unknown},
): void {
  const stage = stageAsRead(after)
  expect(stage).toBe(stepFor(action, stageAsRead(before))?.to)
  expect(after.state?.stage).toBe(stage)
  expect(after.state?.history?.slice(0, -1)).toEqual(before.state?.history ?? [])
  const texts = [after.draft, after.live].flatMap((story) => (story ? [contentOf(story)] : []))
  expect(texts).toContainEqual(written)
  const {live} = after
  expect(Object.keys(live?.killed ? live : {}).sort()).toEqual(
    live?.killed ? tombstoneFields(live) : [],
  )
}

function expectReadersTrust(live: Article, seen: readonly Article[], now: string): void {
  const last = seen.at(-1)
  const updates = live.updates ?? []
  expect(updates.map(({number}) => number)).toEqual(updates.map((_, index) => index + 1))
  expect(updates.slice(0, last?.updates?.length ?? 0)).toEqual(last?.updates ?? [])
  const corrections = live.corrections ?? []
  expect(corrections.slice(0, last?.corrections?.length ?? 0)).toEqual(last?.corrections ?? [])
  expect(live.firstPublishedAt).toBe(last?.firstPublishedAt ?? now)
  expect((live.lastUpdatedAt ?? '') >= (last?.lastUpdatedAt ?? '')).toBe(true)
  const addresses = new Set(seen.map((story) => story.slug?.current))
  addresses.delete(live.slug?.current)
  expect(new Set(live.previousSlugs)).toEqual(addresses)
  expect(JSON.stringify([updates, corrections])).not.toContain('Forged')
}

function tombstoneFields({previousSlugs}: Article): string[] {
  const always = ['_createdAt', '_id', '_rev', '_type', 'killed', 'language', 'slug']
  return [...always, ...(previousSlugs ? ['previousSlugs'] : [])].sort()
}

test('whatever happens to a story goes by the table, loses no word and keeps readers’ trust', () => {
  const reached = new Set<Stage>()
  const lives = fc.property(
    writing,
    fc.array(event, {minLength: 10, maxLength: 40}),
    (first, events) => {
      const life = newLife()
      life.write(first)
      for (const what of events) {
        if (what.type === 'write') life.write(what.writing)
        else if (what.type === 'restore') life.restore()
        else life.act(what)
      }
      for (const stage of life.reached) reached.add(stage)
    },
  )
  fc.assert(lives, {numRuns: 150})
  // What was never reached was not tested; some stages take luck.
  for (let more = 0; more < 10 && reached.size < stages.length; more++) {
    fc.assert(lives, {numRuns: 50})
  }
  expect(reached).toEqual(new Set(stages))
}, 120_000)
