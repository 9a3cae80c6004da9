import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import {groupProblems, validateSchema} from '@sanity/schema/_internal'
import {describe, expect, test} from 'vitest'
import {
  objectTypes,
  privateDocumentTypes,
  publicDocumentTypes,
  schemaTypes,
  singletons,
} from '../../schemas/index.ts'
import {schema} from './validate.ts'

test('the groups name every type once', () => {
  expect({publicDocumentTypes, privateDocumentTypes, objectTypes, singletons}).toEqual({
    publicDocumentTypes: ['article', 'breakingNews', 'author', 'topic', 'siteSettings'],
    privateDocumentTypes: [
      'editorialState',
      'breakingLog',
      'breakingDesk',
      'importReceipt',
      'newsroomMember',
      'newsroomWebhooks',
      'webhookDelivery',
    ],
    objectTypes: [
      'section',
      'figureWithCaption',
      'articleUpdate',
      'correction',
      'source',
      'dateline',
      'portableText',
      'pullQuote',
      'embed',
      'historyEntry',
      'importQuestion',
      'leaseLogEntry',
      'storyRecord',
    ],
    singletons: ['siteSettings', 'breakingDesk', 'newsroomWebhooks'],
  })
  expect(schemaTypes.map(({name}) => name)).toEqual([
    ...publicDocumentTypes,
    ...privateDocumentTypes,
    ...objectTypes,
  ])
})

test('Sanity finds nothing wrong with the schemas', () => {
  const validated = validateSchema(schemaTypes)
  const problems = groupProblems(validated.getTypeNames().map((name) => validated.get(name)))
  expect(problems).toEqual([])
})

describe('what readers see is written by publishing, and by nobody in a form', () => {
  const byHand = (name: string) =>
    fieldsOf(name)
      .filter(({type}) => type.readOnly !== true)
      .map(({name: field}) => field)

  test('of a story, every field but the publication fields can be edited', () => {
    expect(byHand('article')).toEqual([
      'headline',
      'update',
      'shortHeadline',
      'slug',
      'standfirst',
      'lede',
      'sections',
      'language',
      'leadFigure',
      'authors',
      'byline',
      'dateline',
      'topics',
      'related',
      'priority',
      'embargoUntil',
      'source',
    ])
  })

  test.each(['breakingNews', ...privateDocumentTypes])('%s is live and read-only', (name) => {
    const type = schema.get(name)
    expect({liveEdit: type?.liveEdit, readOnly: type?.readOnly}).toEqual({
      liveEdit: true,
      readOnly: true,
    })
  })
})

test('the update flag stands in the first group of the form', () => {
  const type = schema.get('article')
  const update = fieldsOf('article').find(({name}) => name === 'update')
  const first = type && 'groups' in type ? type.groups?.[0]?.name : undefined
  expect({first, group: update?.group}).toEqual({first: 'story', group: 'story'})
})

test('every field has a title, and every document a preview', () => {
  const untitled = [...publicDocumentTypes, ...privateDocumentTypes].flatMap((name) =>
    fieldsOf(name).filter(({type}) => !type.title),
  )
  const unseen = [...publicDocumentTypes, ...privateDocumentTypes].filter(
    (name) => schema.get(name)?.preview === undefined,
  )
  expect({untitled, unseen}).toEqual({untitled: [], unseen: []})
})

describe('previews', () => {
  test.each([
    ['article', {}, 'Story without a headline', 'Not published yet'],
    [
      'article',
      {headline: 'Kerry in Moscow', update: true, published: '2026-11-24T09:05:00.000Z'},
      'Kerry in Moscow',
      'Update · 24 Nov 2026, 09:05 UTC',
    ],
    [
      'article',
      {headline: 'Kerry in Moscow', killedAt: '2026-11-24T09:05:00.000Z'},
      'Kerry in Moscow',
      'Killed · 24 Nov 2026, 09:05 UTC',
    ],
    [
      'breakingNews',
      {
        headline: 'Explosion',
        level: 'flash',
        startsAt: '2026-11-24T09:00:00.000Z',
        until: '2026-11-24T09:30:00.000Z',
      },
      'Explosion',
      'Flash · From 24 Nov 2026, 09:00 UTC · until 24 Nov 2026, 09:30 UTC',
    ],
    ['section', {body: [{}]}, 'Section without a heading', '1 paragraph'],
    [
      'editorialState',
      {headline: 'Kerry', stage: 'live', change: 'review', questions: [{}, {}]},
      'Kerry',
      'Live · A change waits for review · 2 questions',
    ],
  ])('%s of %j', (name, selection, title, subtitle) => {
    const preview = schema.get(name)?.preview
    expect(preview?.prepare?.(selection)).toMatchObject({title, subtitle})
  })
})

test('loads in plain Node, without a DOM and without React', async () => {
  const script = `
    import {registerHooks} from 'node:module'
    const loaded = []
    registerHooks({
      load(url, context, next) {
        loaded.push(url)
        return next(url, context)
      },
    })
    await import(${JSON.stringify(new URL('../../schemas/index.ts', import.meta.url).href)})
    const react = loaded.filter((url) => /node_modules\\/(react|react-dom|sanity|styled-components|@sanity\\/ui)\\//.test(url))
    console.log(JSON.stringify({dom: 'document' in globalThis, react, some: loaded.length > 10}))`
  const {stdout} = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ])
  expect(JSON.parse(stdout)).toEqual({dom: false, react: [], some: true})
})

function fieldsOf(name: string) {
  const type = schema.get(name)
  if (type?.jsonType !== 'object') throw new Error(`${name} is no object type.`)
  return type.fields
}
