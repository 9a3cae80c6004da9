import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {documentId} from '../../editorial/documents.ts'
import {leaseParameters} from '../../queries/breaking.ts'
import {preview, previewQuery, type Preview} from '../../queries/preview.ts'
import {fetchSurroundings, previewOfTyped, referredTo} from '../../queries/typedPreview.ts'
import {storyDocument} from '../../syndication/documents.ts'
import {
  articleDocument,
  leaseDocument,
  minutesAgo,
  noon,
  settingsDocument,
  weakReference,
} from '../queries/support/stories.ts'
import {siteUrl, startSite, type RunningSite} from './support/startSite.ts'

let running: RunningSite

beforeAll(async () => {
  running = await startSite()
  await running.editor.createOrReplace(settingsDocument())
  await running.editor.createOrReplace(articleDocument('story'))
})
afterAll(() => running.close())

/** The lake's own answer about a story as its draft stands. */
async function askedOf(id: string): Promise<Preview> {
  const params = {...leaseParameters(new Date(noon)), id: documentId.published(id)}
  return preview.parse(await running.editor.fetch(previewQuery, params, {perspective: 'drafts'}))
}

async function previewOf(id: string): Promise<string> {
  const now = new Date(noon)
  const {story, settings, leases} = await askedOf(id)
  if (!story) throw new Error(`There is no story ${id}.`)
  return storyDocument({
    story,
    settings,
    leases,
    now,
    siteUrl,
    siteLanguage: 'en',
    images: {projectId: 'testing', dataset: 'production', baseUrl: '/'},
    assets: {stylesheetHref: '/assets/site.css'},
    live: false,
  })
}

const main = (page: string) => /<main[\s\S]*<\/main\s*>/.exec(page)?.[0]

test('a preview is the page that readers get, to the letter', async () => {
  expect(main(await previewOf('story'))).toBe(main(await running.text('/a/story')))
})

test('a preview shows the draft, and readers do not', async () => {
  await running.editor.createOrReplace(articleDocument('drafts.story', {headline: 'Not yet'}))
  expect(await previewOf('drafts.story')).toContain('Not yet')
  expect(await running.text('/a/story')).not.toContain('Not yet')
})

test('a preview runs no script and opens no connection', async () => {
  const page = await previewOf('story')
  expect(page).not.toMatch(/<script(?! type="application\/ld\+json")/)
  expect(page).not.toContain('<template')
})

test('a draft with nothing in it yet has a page', async () => {
  await running.editor.createOrReplace({_id: 'drafts.bare', _type: 'article'})
  expect(await previewOf('bare')).toContain('No headline yet')
})

describe('a preview of what is being typed', () => {
  const now = new Date(noon)

  test('is what the lake would answer, had it heard of it', async () => {
    await running.editor
      .transaction()
      .createOrReplace({_id: 'harbour', _type: 'topic', title: 'Harbour'})
      .createOrReplace({_id: 'ann', _type: 'author', name: 'Ann Alder'})
      .createOrReplace(
        articleDocument('earlier', {topics: [{...weakReference('harbour'), _key: 't'}]}),
      )
      .createOrReplace(
        leaseDocument('lease', {article: weakReference('full'), startsAt: minutesAgo(1)}),
      )
      .createOrReplace(
        articleDocument('drafts.full', {
          authors: [{...weakReference('ann'), _key: 'a'}],
          topics: [{...weakReference('harbour'), _key: 't'}],
          related: [{...weakReference('earlier'), _key: 'r'}],
          sections: [{_type: 'section', _key: 's', heading: 'What next?', body: []}],
        }),
      )
      .commit()
    const [typed] = await running.editor.getDocuments(['drafts.full'])
    if (!typed) throw new Error('The draft is not there.')
    const surroundings = await fetchSurroundings(running.editor, typed, now)
    const asked = await askedOf('full')
    expect(await previewOfTyped({...typed}, surroundings, now)).toEqual(asked)
    expect(asked.story?.related).toMatchObject([{topicTitle: 'Harbour'}])
  })

  test('has the letters that the lake has not', async () => {
    const typed = articleDocument('drafts.story', {headline: 'Not at the lake'})
    const surroundings = await fetchSurroundings(running.editor, typed, now)
    expect((await previewOfTyped(typed, surroundings, now)).story?.headline).toBe('Not at the lake')
  })

  test('knows every reference in a story, however deep', () => {
    expect(referredTo({a: [{b: {_ref: 'two'}}], c: {_ref: 'one', d: {_ref: 'two'}}})).toEqual([
      'one',
      'two',
    ])
  })
})
