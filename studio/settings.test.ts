import {expect, test} from 'vitest'

import {readStudioSettings} from './settings.ts'

const nothing = {lake: undefined, projectId: undefined, dataset: undefined}

test('without settings the Studio works on the embedded lake', () => {
  expect(readStudioSettings(nothing)).toEqual({
    lake: 'embedded',
    projectId: 'dateline',
    dataset: 'production',
  })
})

test('an empty setting counts as missing', () => {
  expect(readStudioSettings({lake: '', projectId: '', dataset: ''})).toEqual(
    readStudioSettings(nothing),
  )
})

test('a hosted lake needs a project', () => {
  expect(() => readStudioSettings({...nothing, lake: 'hosted'})).toThrow(
    'With SANITY_STUDIO_LAKE=hosted, SANITY_STUDIO_PROJECT_ID must name your Sanity project.',
  )
  expect(readStudioSettings({lake: 'hosted', projectId: 'abc123de', dataset: 'stories'})).toEqual({
    lake: 'hosted',
    projectId: 'abc123de',
    dataset: 'stories',
  })
})

test.each([
  [{...nothing, lake: 'cloud'}, 'SANITY_STUDIO_LAKE must be "embedded" or "hosted".'],
  [
    {...nothing, projectId: 'My Paper'},
    'SANITY_STUDIO_PROJECT_ID may hold only the letters a to z and digits.',
  ],
  [
    {...nothing, dataset: '-x'},
    'SANITY_STUDIO_DATASET must start with a letter or digit and hold at most 64 of a to z, 0 to 9, - and _.',
  ],
])('a setting that cannot be used throws a sentence that names it: %j', (given, sentence) => {
  expect(() => readStudioSettings(given)).toThrow(sentence)
})
