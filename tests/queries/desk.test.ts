import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {followUpReasons} from '../../editorial/followUp.ts'
import {
  deskCounts,
  deskCountsQuery,
  deskListLength,
  deskLists,
  deskRows,
  deskRowsQuery,
  followUpCount,
  followUpCountQuery,
  standings,
  standingsQuery,
  type DeskList,
} from '../../queries/desk.ts'
import {startSite, type RunningSite} from '../site/support/startSite.ts'
import {memoryLake} from './support/memoryLake.ts'
import {
  articleDocument,
  minutesAgo,
  noon,
  settingsDocument,
  weakReference,
} from './support/stories.ts'

const params = {
  me: 'ann',
  today: '2026-11-24T00:00:00.000Z',
  labelsSince: minutesAgo(24 * 60),
}

const figure = (fields: object = {}) => ({_type: 'figureWithCaption', _key: 'f', ...fields})

function draft(id: string, fields: object = {}) {
  return {...articleDocument(`drafts.${id}`, fields), firstPublishedAt: undefined}
}

function state(id: string, stage: string, fields: object = {}) {
  return {
    _id: `editorial.${id}`,
    _type: 'editorialState',
    article: weakReference(id),
    stage,
    ...fields,
  }
}

const documents: {_id: string; _type: string}[] = [
  settingsDocument(),
  draft('written'),
  draft('mine'),
  state('mine', 'draft', {assignee: 'ann', dueAt: minutesAgo(-60)}),
  draft('mineSooner'),
  state('mineSooner', 'returned', {assignee: 'ann', dueAt: minutesAgo(-5)}),
  draft('theirs'),
  state('theirs', 'draft', {assignee: 'bo'}),
  draft('mineKilled'),
  state('mineKilled', 'killed', {assignee: 'ann'}),
  draft('waits'),
  state('waits', 'review'),
  articleDocument('changes', {firstPublishedAt: minutesAgo(5000)}),
  draft('changes'),
  state('changes', 'live', {change: 'review'}),
  // Published by other means: the page that readers see decides.
  articleDocument('around', {firstPublishedAt: minutesAgo(5000)}),
  state('around', 'review'),
  state('deleted', 'review'),
  draft('edited'),
  state('edited', 'approved', {approvedRevision: 'another'}),
  draft('editedLater'),
  state('editedLater', 'scheduled', {approvedRevision: 'another', publishAt: minutesAgo(-90)}),
  articleDocument('today', {firstPublishedAt: minutesAgo(60)}),
  articleDocument('yesterday', {firstPublishedAt: minutesAgo(13 * 60)}),
  articleDocument('killedToday', {killed: {at: noon, notice: 'Gone.'}}),
  articleDocument('labelOver', {
    firstPublishedAt: minutesAgo(5000),
    update: true,
    updates: [{_key: 'u', number: 1, at: minutesAgo(24 * 60), note: 'New.'}],
  }),
  articleDocument('labelStands', {
    firstPublishedAt: minutesAgo(5000),
    update: true,
    updates: [{_key: 'u', number: 1, at: minutesAgo(24 * 60 - 1), note: 'New.'}],
  }),
  draft('asked'),
  state('asked', 'draft', {questions: [{_key: 'q', question: 'Who?', assumed: 'Me.'}]}),
  draft('failed'),
  state('failed', 'approved', {approvedRevision: 'another', lastFailure: 'No headline.'}),
  draft('pictureless', {leadFigure: figure({alt: 'A tug', caption: 'A tug leaves'})}),
  draft('parroting', {
    sections: [
      {_type: 'section', _key: 's', heading: 'H', body: [figure({alt: 'Same', caption: 'Same'})]},
    ],
  }),
  // The draft put right what the live version has wrong.
  articleDocument('righted', {firstPublishedAt: minutesAgo(5000), leadFigure: figure()}),
  draft('righted'),
]

let running: RunningSite

beforeAll(async () => {
  running = await startSite()
  const transaction = running.editor.transaction()
  for (const document of documents) transaction.createOrReplace(document)
  await transaction.commit()
  const approved = await running.editor.createOrReplace(draft('approved'))
  await running.editor.createOrReplace(
    state('approved', 'approved', {approvedRevision: approved._rev}),
  )
})
afterAll(() => running.close())

async function rowsOf(deskList: DeskList) {
  const answer: unknown = await running.editor.fetch(deskRowsQuery(deskList), params, {
    perspective: 'raw',
  })
  return deskRows.parse(answer)
}

async function countOf(client: Pick<SanityClient, 'fetch'>, deskList: DeskList) {
  const ask = (query: string): Promise<unknown> => client.fetch(query, params, {perspective: 'raw'})
  return deskList === 'followUp'
    ? followUpCount.parse(await ask(followUpCountQuery))
    : deskCounts.parse(await ask(deskCountsQuery))[deskList]
}

test.each<[DeskList, string[]]>([
  ['mine', ['mineSooner', 'mine']],
  ['review', ['changes', 'waits']],
  ['returned', ['mineSooner']],
  ['approved', ['approved']],
  ['changed', ['edited', 'editedLater', 'failed']],
  ['scheduled', ['editedLater']],
  ['today', ['today']],
  ['followUp', ['asked', 'failed', 'labelOver', 'parroting', 'pictureless']],
])('%s holds %j, and counts them', async (deskList, ids) => {
  const found = (await rowsOf(deskList)).map(({id}) => id)
  expect(deskList === 'mine' ? found : found.toSorted()).toEqual(ids)
  expect(await countOf(running.editor, deskList)).toBe(ids.length)
})

test('a story is looked after for a reason that its row can tell', async () => {
  const reasons = (await rowsOf('followUp')).map(({id, draft: written, live, state: standing}) => [
    id,
    ...followUpReasons(
      {
        live,
        questions: standing?.questions,
        lastFailure: standing?.lastFailure,
        withoutImage: (written ?? live)?.withoutImage,
        altIsCaption: (written ?? live)?.altIsCaption,
      },
      new Date(noon),
      24,
    ),
  ])
  expect(reasons.toSorted()).toEqual([
    ['asked', '1 question from the import'],
    ['failed', 'Did not go live: No headline.'],
    ['labelOver', 'Update label is past its hours'],
    ['parroting', '1 picture missing', '1 picture described by its caption'],
    ['pictureless', '1 picture missing'],
  ])
})

test('a row has draft, live version and state side by side', async () => {
  const row = (await rowsOf('review')).find(({id}) => id === 'changes')
  expect(row).toMatchObject({
    draft: {headline: 'Headline of drafts.changes'},
    live: {headline: 'Headline of changes'},
    state: {stage: 'live', change: 'review'},
  })
})

test('groq-js and the lake agree about every list', async () => {
  const all = await running.editor.fetch<typeof documents>(
    '*[_type in ["article", "editorialState"]]',
    {},
    {perspective: 'raw'},
  )
  const {client} = memoryLake(...all)
  for (const deskList of deskLists) {
    const answer: unknown = await client.fetch(deskRowsQuery(deskList), params)
    const ids = (await rowsOf(deskList)).map(({id}) => id).toSorted()
    expect(await countOf(client, deskList)).toBe(ids.length)
    expect(
      deskRows
        .parse(answer)
        .map(({id}) => id)
        .toSorted(),
    ).toEqual(ids)
  }
})

test('a list shows no more than a hundred, and counts all', async () => {
  const {client} = memoryLake(
    ...Array.from({length: deskListLength + 5}, (_, number) => [
      draft(`story${number}`, {_rev: 'r', _updatedAt: noon}),
      {...state(`story${number}`, 'review'), _updatedAt: noon},
    ]).flat(),
  )
  expect(deskRows.parse(await client.fetch(deskRowsQuery('review'), params))).toHaveLength(
    deskListLength,
  )
  expect(await countOf(client, 'review')).toBe(deskListLength + 5)
})

test('standings tell the stage of some stories and whether readers see them', async () => {
  const ids = ['changes', 'waits', 'today', 'written']
  const answer: unknown = await running.editor.fetch(
    standingsQuery,
    {ids, stateIds: ids.map((id) => `editorial.${id}`)},
    {perspective: 'raw'},
  )
  const {published, states} = standings.parse(answer)
  expect(published.toSorted()).toEqual(['changes', 'today'])
  expect(states.map(({id, stage, change}) => [id, stage, change]).toSorted()).toEqual([
    ['changes', 'live', 'review'],
    ['waits', 'review', undefined],
  ])
})
