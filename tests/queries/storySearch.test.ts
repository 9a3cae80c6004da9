import {afterAll, beforeAll, expect, test} from 'vitest'

import {findStories, storiesOffered} from '../../queries/storySearch.ts'
import {startSite, type RunningSite} from '../site/support/startSite.ts'
import {articleDocument, noon} from './support/stories.ts'

let running: RunningSite

beforeAll(async () => {
  running = await startSite()
  const {editor} = running
  for (const story of [
    articleDocument('ferry', {headline: 'Ferry timetable withdrawn'}),
    articleDocument('gone', {headline: 'Ferry sunk', killed: {at: noon, notice: 'No.'}}),
    articleDocument('drafts.harbour', {
      headline: 'Harbour reopens',
      shortHeadline: 'Quay open',
      embargoUntil: noon,
    }),
    articleDocument('tram', {headline: 'The tram is back'}),
    articleDocument('drafts.tram', {headline: 'The tram stops, the ferry sails'}),
  ]) {
    await editor.createOrReplace(story)
  }
})
afterAll(() => running.close())

test('without words the stories that were changed last are offered, each once, by its draft', async () => {
  expect(await findStories(running.editor, ' ')).toEqual([
    {id: 'tram', headline: 'The tram stops, the ferry sails', isLive: true},
    {id: 'harbour', headline: 'Harbour reopens', isLive: false, embargoUntil: noon},
    {id: 'ferry', headline: 'Ferry timetable withdrawn', isLive: true},
  ])
})

test.each([
  ['ferr', ['tram', 'ferry']],
  ['time ferry', ['ferry']],
  ['QUAY', ['harbour']],
  ['“Harbour”', ['harbour']],
  ['sunk', []],
])('%j finds %j', async (typed, ids) => {
  expect((await findStories(running.editor, typed)).map(({id}) => id)).toEqual(ids)
})

test('no more are offered than can be looked through', async () => {
  const transaction = running.editor.transaction()
  for (let number = 0; number < storiesOffered + 3; number += 1) {
    transaction.createOrReplace(articleDocument(`many-${number}`, {headline: 'One of many'}))
  }
  await transaction.commit()
  expect(await findStories(running.editor, 'many')).toHaveLength(storiesOffered)
})
