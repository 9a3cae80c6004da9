import {afterAll, beforeAll, expect, test} from 'vitest'

import {
  articleDocument,
  leaseDocument,
  minutesAgo,
  settingsDocument,
} from '../queries/support/stories.ts'
import {startSite, type RunningSite} from './support/startSite.ts'

const evil = `</title></script><script>alert(1)</script><img src=x onerror="alert(1)">'"&`

let running: RunningSite

beforeAll(async () => {
  running = await startSite()
  const {editor} = running
  const block = (text: string, markDefs: object[] = [], style = 'normal') => ({
    _type: 'block',
    _key: text.slice(0, 8),
    style,
    markDefs,
    children: [{_type: 'span', _key: 's', text, marks: markDefs.map(() => 'm')}],
  })
  const link = (href: string) => [{_type: 'link', _key: 'm', href}]
  await editor.createOrReplace(settingsDocument({title: `Post ${evil}`, publisher: evil}))
  await editor.createOrReplace({_id: 'author', _type: 'author', name: evil})
  await editor.createOrReplace({_id: 'topic', _type: 'topic', title: evil})
  await editor.createOrReplace(
    articleDocument('evil', {
      headline: evil,
      standfirst: evil,
      authors: [{_type: 'reference', _ref: 'author', _key: 'a'}],
      topics: [{_type: 'reference', _ref: 'topic', _key: 't'}],
      dateline: {place: evil, date: evil},
      leadFigure: {_type: 'figureWithCaption', caption: evil, alt: evil, credit: evil},
      lede: [
        block(evil),
        block('script link', link('javascript:alert(1)')),
        block('spaced link', link(' java\nscript:alert(1)')),
        block('data link', link('data:text/html,<script>alert(1)</script>')),
        block('good link', link('https://example.org/?a=1&b="><script>')),
        block('mail link', link('mailto:desk@example.org')),
        block('unknown style', [], evil),
        {_type: 'embed', _key: 'e', url: 'https://video.example/1', title: evil},
        {_type: 'embed', _key: 'f', url: 'javascript:alert(1)', title: 'bad embed'},
        {_type: 'pullQuote', _key: 'q', quote: evil, attribution: evil},
        {_type: 'html', _key: 'h', html: '<script>alert(1)</script>'},
      ],
      sections: [{_type: 'section', _key: 's', heading: evil, body: [block(evil)]}],
      updates: [{_key: 'u', number: 1, at: minutesAgo(1), note: evil}],
      corrections: [{_key: 'c', kind: 'correction', at: minutesAgo(1), text: evil}],
      source: {_type: 'source', publisher: evil, url: 'javascript:alert(1)'},
    }),
  )
  await editor.createOrReplace(leaseDocument('lease', {headline: evil.slice(0, 100)}))
})
afterAll(() => running.close())

test.each(['/', '/a/evil', '/a/nowhere'])('%s lets no text become markup', async (path) => {
  const page = await running.text(path)
  const elements = [...page.matchAll(/<(script|img|iframe|object|embed)\b[^>]*>/g)].map(([tag]) =>
    tag.replace(/\s+/g, ' '),
  )
  const ours = elements.filter(
    (tag) => tag.startsWith('<script type="module" src="/assets/') || tag.includes('ld+json'),
  )
  expect(elements).toEqual(ours)
  expect(page).not.toMatch(/\son\w+="/)
})

test('links lead to http, https and mailto addresses only; any other is its words', async () => {
  const page = await running.text('/a/evil')
  const links = [...page.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)</g)].map(([, href, words]) => [
    href,
    words,
  ])
  expect(links).toEqual(
    expect.arrayContaining([
      ['https://example.org/?a=1&amp;b=%22%3E%3Cscript%3E', 'good link'],
      ['mailto:desk@example.org', 'mail link'],
    ]),
  )
  expect(page).not.toContain('javascript:')
  expect(page).not.toContain('data:text')
  expect(page).toContain('<p>script link</p>')
  expect(page).not.toContain('bad embed')
})

test('the data block of a story stays one, whatever its headline', async () => {
  const page = await running.text('/a/evil')
  const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page) ?? []
  expect(JSON.parse(json)).toMatchObject({headline: evil})
})

test('pages forbid inline scripts, foreign sources and foreign frames', async () => {
  const {headers} = await running.get('/a/evil')
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; font-src 'self'; " +
      "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  )
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  const page = await running.text('/a/evil')
  expect(page).not.toMatch(/\sstyle="/)
  expect([...page.matchAll(/(?:src|href)="(https?:\/\/[^"]+)"/g)].map(([, url]) => url)).toEqual([
    'https://news.example/a/evil',
    'https://example.org/?a=1&amp;b=%22%3E%3Cscript%3E',
    'https://video.example/1',
  ])
})
