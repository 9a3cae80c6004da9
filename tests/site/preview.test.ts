import {afterAll, beforeAll, expect, test} from 'vitest'

import {fetchPreview} from '../../queries/preview.ts'
import {storyDocument} from '../../syndication/documents.ts'
import {articleDocument, noon, settingsDocument} from '../queries/support/stories.ts'
import {siteUrl, startSite, type RunningSite} from './support/startSite.ts'

let running: RunningSite

beforeAll(async () => {
  running = await startSite()
  await running.editor.createOrReplace(settingsDocument())
  await running.editor.createOrReplace(articleDocument('story'))
})
afterAll(() => running.close())

async function previewOf(id: string): Promise<string> {
  const now = new Date(noon)
  const {story, settings, leases} = await fetchPreview(running.editor, id, now)
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
