import {beforeEach, describe, expect, test} from 'vitest'

import {importStory, type ImportRequest} from '../../ingest/importStory.ts'
import {fingerprintOf, storyDocuments} from '../../ingest/storyDocuments.ts'
import {capture, now, read} from './support/fixtures.ts'
import {memoryLake} from './support/memoryLake.ts'

const text = read('kerry-in-moscow.txt')
const options = {fileName: 'kerry-in-moscow.txt', now}
const kerry = capture(text, options)
const id = kerry.article._id
const draftId = `drafts.${id}`
const stateId = `editorial.${id}`
const receiptId = `newsroom.receipt.${id}`

let lake: ReturnType<typeof memoryLake>
beforeEach(() => {
  lake = memoryLake()
})

const take = (request: Partial<ImportRequest> = {}) =>
  importStory({client: lake.client, text, options, by: 'u1', ...request})
const later = {fileName: 'kerry-in-moscow.txt', now: new Date('2032-05-02T08:00:00.000Z')}
const changed = text.replace('\n\nOn Syria', '\n\nA new paragraph stands here.\n\nOn Syria')

describe('importing a story', () => {
  test('writes draft, state and receipt in one transaction', async () => {
    expect((await take()).outcome).toBe('created')
    expect(lake.transactions).toHaveLength(1)
    expect(lake.ids()).toEqual([draftId, stateId, receiptId])
    expect(lake.get(draftId)).toEqual({...kerry.article, _id: draftId, _rev: 'r1'})
    expect(lake.get(stateId)).toEqual({
      _id: stateId,
      _type: 'editorialState',
      _rev: 'r1',
      article: {_type: 'reference', _ref: id, _weak: true},
      stage: 'draft',
      questions: kerry.questions,
      history: [
        {
          _type: 'historyEntry',
          _key: expect.any(String),
          at: now.toISOString(),
          by: 'u1',
          action: 'import',
          to: 'draft',
          note: 'From the capture kerry-in-moscow',
        },
      ],
    })
    expect(lake.get(receiptId)).toEqual({
      _id: receiptId,
      _type: 'importReceipt',
      _rev: 'r1',
      article: {_type: 'reference', _ref: id, _weak: true},
      importId: 'kerry-in-moscow',
      importedAt: now.toISOString(),
      counts: {kept: 24, merged: 3, dropped: 5, unplaced: 0},
      lines: JSON.stringify(kerry.receipt.lines),
      fingerprint: fingerprintOf(kerry.article),
    })
  })

  test('publishes it with the day its readers first saw it', async () => {
    await take({publish: true})
    expect(lake.ids()).toEqual([stateId, receiptId, id].sort())
    expect(lake.get(id)).toMatchObject({
      headline: kerry.article.headline,
      update: true,
      firstPublishedAt: '2016-03-23T00:00:00.000Z',
    })
    expect(lake.get(id)).not.toHaveProperty('lastUpdatedAt')
    expect(lake.get(stateId)).toMatchObject({
      stage: 'live',
      history: [{action: 'import', to: 'live'}],
    })
  })

  test('says beforehand exactly what it writes', async () => {
    for (const publish of [false, true]) {
      lake = memoryLake()
      const {documents} = await take({publish})
      const foretold = Object.values(storyDocuments(kerry, {publish, now, by: 'u1'}))
      expect(documents).toEqual(foretold)
    }
  })

  test('does not publish a story without a paragraph before its first heading, and writes nothing', async () => {
    const heads = 'Headline of it\n\nStandfirst of it\n\nGardens\n\nA paragraph stands here.'
    await expect(take({text: heads, publish: true})).rejects.toMatchObject({
      name: 'EditorialError',
      code: 'fieldMissing',
    })
    expect(lake.ids()).toEqual([])
  })

  test('refuses lines without a place, unless it is told to go on', async () => {
    const odd = 'Headline of it\n\nA paragraph stands here.\n\n42\n\nAnother one.'
    await expect(take({text: odd})).rejects.toMatchObject({
      code: 'unplaced',
      message: expect.stringContaining('Line 5'),
    })
    expect(lake.ids()).toEqual([])
    expect((await take({text: odd, allowUnplaced: true})).outcome).toBe('created')
  })
})

describe('importing again', () => {
  test.each([false, true])(
    'changes nothing when nothing changed (published: %s)',
    async (publish) => {
      await take({publish})
      const again = await take({publish, options: later})
      expect(again).toMatchObject({
        outcome: 'unchanged',
        sentence: 'Nothing has changed since the last import.',
        documents: [],
      })
      expect(lake.transactions).toHaveLength(1)
    },
  )

  test('never overwrites a story that was edited here', async () => {
    await take()
    await lake.edit(draftId, {headline: 'Edited here'})
    const again = await take({text: changed, options: later})
    expect(again).toMatchObject({outcome: 'kept', sentence: expect.stringContaining('edited here')})
    expect(lake.get(draftId)).toMatchObject({headline: 'Edited here'})
  })

  test('never overwrites a live story that was edited, killed or has moved on', async () => {
    await take({publish: true})
    await lake.edit(stateId, {stage: 'killed'})
    expect(await take({text: changed, options: later})).toMatchObject({
      outcome: 'kept',
      sentence: expect.stringContaining('killed'),
    })
    lake = memoryLake()
    await take()
    await lake.edit(stateId, {stage: 'review'})
    expect(await take({text: changed, options: later})).toMatchObject({
      outcome: 'kept',
      sentence: expect.stringContaining('moved on'),
    })
  })

  test('brings a changed capture into a draft that nobody edited, and asks its questions anew', async () => {
    await take()
    expect((await take({text: changed, options: later})).outcome).toBe('updated')
    const expected = capture(changed, later)
    expect(lake.get(draftId)).toMatchObject({
      sections: expected.article.sections,
      slug: kerry.article.slug,
    })
    expect(lake.get(stateId)).toMatchObject({
      stage: 'draft',
      questions: expected.questions,
      history: [{action: 'import'}, {action: 'import', at: '2032-05-02T08:00:00.000Z'}],
    })
    expect((await take({text: changed, options: later})).outcome).toBe('unchanged')
  })

  test('publishes an unedited draft when asked to', async () => {
    await take()
    expect((await take({publish: true, options: later})).outcome).toBe('updated')
    expect(lake.ids()).toEqual([stateId, receiptId, id].sort())
    expect(lake.get(stateId)).toMatchObject({
      stage: 'live',
      history: [{action: 'import'}, {action: 'publishNow'}],
    })
  })

  test('puts a change to a live story beside it as a draft, or live when asked to', async () => {
    await take({publish: true})
    await take({text: changed, options: later})
    expect(lake.get(id)).toMatchObject({sections: kerry.article.sections})
    expect(lake.get(draftId)).toMatchObject({sections: capture(changed, later).article.sections})
    lake = memoryLake()
    await take({publish: true})
    await take({publish: true, text: changed, options: later})
    expect(lake.get(draftId)).toBeUndefined()
    expect(lake.get(id)).toMatchObject({
      sections: capture(changed, later).article.sections,
      firstPublishedAt: '2016-03-23T00:00:00.000Z',
    })
    expect((await take({publish: true, text: changed, options: later})).outcome).toBe('unchanged')
  })

  test('takes a story in again that was deleted here', async () => {
    await take()
    await lake.remove(draftId)
    expect((await take({options: later})).outcome).toBe('created')
    expect(lake.ids()).toEqual([draftId, stateId, receiptId])
  })

  test('keeps two stories with one headline apart', async () => {
    await take()
    const other = await take({options: {...later, fileName: 'another.txt'}})
    expect(other).toMatchObject({
      outcome: 'kept',
      sentence: expect.stringContaining('--source-url'),
    })
    const told = await take({
      options: {...later, fileName: 'another.txt', sourceUrl: 'https://example.org/2'},
    })
    expect(told.outcome).toBe('created')
    expect(lake.get(`drafts.${told.captured.article._id}`)).toMatchObject({
      slug: {current: expect.stringMatching(/^kerry-in-moscow-.*-[0-9a-f]{6}$/u)},
    })
  })
})
