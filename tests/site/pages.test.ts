import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {
  articleDocument,
  leaseDocument,
  minutesAgo,
  noon,
  paragraphs,
  settingsDocument,
  weakReference,
} from '../queries/support/stories.ts'
import {startSite, type RunningSite} from './support/startSite.ts'

let running: RunningSite

beforeAll(async () => {
  running = await startSite()
})
afterAll(() => running.close())

/** The text that a reader reads, without tags and needless space. */
function readable(html: string): string {
  return html
    .replace(/<(script|template|head)[\s\S]*?<\/\1\s*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function headlines(html: string): string[] {
  return [...html.matchAll(/<h2>\s*<a [^>]*>([^<]*)<\/a>\s*<\/h2>/g)].map(
    ([, headline = '']) => headline,
  )
}

describe('the front page', () => {
  test('of a newsroom that has published nothing says so, with a way on', async () => {
    const page = await running.text('/')
    expect(readable(page)).toContain('Nothing has been published yet')
    expect(page).toContain('<a href="/">Try again</a>')
  })

  test('puts the story of a live lease first, then what changed last', async () => {
    const {editor} = running
    await editor.createOrReplace(settingsDocument())
    await editor.createOrReplace(articleDocument('old', {firstPublishedAt: minutesAgo(3000)}))
    await editor.createOrReplace(articleDocument('new', {firstPublishedAt: minutesAgo(10)}))
    await editor.createOrReplace(
      articleDocument('updated', {
        firstPublishedAt: minutesAgo(2000),
        update: true,
        updates: [{_key: 'u', number: 1, at: minutesAgo(5), note: 'More.'}],
      }),
    )
    await editor.createOrReplace(articleDocument('drafts.unpublished'))
    await editor.createOrReplace(
      articleDocument('embargoed', {embargoUntil: minutesAgo(-60), firstPublishedAt: noon}),
    )
    expect(headlines(await running.text('/'))).toEqual([
      'Headline of updated',
      'Headline of new',
      'Headline of old',
    ])

    await editor.createOrReplace(leaseDocument('lease', {article: weakReference('old')}))
    expect(headlines(await running.text('/'))).toEqual([
      'Headline of old',
      'Headline of updated',
      'Headline of new',
    ])
    await editor.delete('lease')
  })

  test('answers an embargoed or unpublished story’s address with 404', async () => {
    expect((await running.get('/a/embargoed')).status).toBe(404)
    expect((await running.get('/a/drafts.unpublished')).status).toBe(404)
  })
})

describe('a story’s page', () => {
  test('has every part of the story, in its place', async () => {
    const {editor} = running
    await editor.createOrReplace({_id: 'ann', _type: 'author', name: 'Ann Alder'})
    await editor.createOrReplace({_id: 'bo', _type: 'author', name: 'Bo Birch'})
    await editor.createOrReplace(
      articleDocument('whole', {
        headline: 'The tram is back',
        standfirst: 'After twelve years.',
        authors: ['ann', 'bo'].map((id) => ({_type: 'reference', _ref: id, _key: id})),
        dateline: {place: 'HARBOUR', date: '2026-11-23'},
        leadFigure: {
          _type: 'figureWithCaption',
          caption: 'The first tram.',
          alt: 'A tram',
          credit: 'Cy Cedar',
        },
        lede: paragraphs('It came at six.'),
        sections: [
          {
            _type: 'section',
            _key: 's',
            heading: 'What it cost',
            body: paragraphs('Forty million.'),
          },
        ],
        update: true,
        updates: [
          {_key: 'a', number: 1, at: minutesAgo(60), note: 'Adds the cost.'},
          {_key: 'b', number: 2, at: minutesAgo(55), note: 'Adds the mayor.'},
        ],
        lastUpdatedAt: minutesAgo(55),
        corrections: [
          {
            _key: 'c',
            kind: 'clarification',
            at: minutesAgo(3000),
            text: 'The old line was shorter.',
          },
        ],
        related: [{_type: 'reference', _ref: 'old', _weak: true, _key: 'r'}],
      }),
    )
    expect(readable(await running.text('/a/whole'))).toBe(
      'Skip to content The Harbour Post Tuesday, 24 November 2026 ' +
        '2nd update · 14:05 MSK The tram is back After twelve years. ' +
        'By Ann Alder and Bo Birch HARBOUR, 23 November 2026 ' +
        'First published 12:00 MSK · Updated 14:05 MSK ' +
        'Picture missing The first tram. Picture: Cy Cedar It came at six. ' +
        'What it cost Forty million. ' +
        'Updates to this story 2nd update 14:05 MSK Adds the mayor. Update 14:00 MSK Adds the cost. ' +
        'Corrections and clarifications Clarification 22 Nov, 13:00 MSK The old line was shorter. ' +
        'Related stories Headline of old Published by Harbour Media ' +
        'You are offline. This is the page as it was at 15:00 MSK. Try again',
    )
  })

  test('tells search engines who, when and what was corrected', async () => {
    const page = await running.text('/a/whole')
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page) ?? []
    expect(JSON.parse(json)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: 'The tram is back',
      description: 'After twelve years.',
      inLanguage: 'en',
      datePublished: minutesAgo(180),
      dateModified: minutesAgo(55),
      mainEntityOfPage: 'https://news.example/a/whole',
      url: 'https://news.example/a/whole',
      author: [
        {'@type': 'Person', name: 'Ann Alder'},
        {'@type': 'Person', name: 'Bo Birch'},
      ],
      publisher: {'@type': 'NewsMediaOrganization', name: 'Harbour Media'},
      dateline: 'HARBOUR',
      correction: [
        {
          '@type': 'CorrectionComment',
          name: 'Clarification',
          text: 'The old line was shorter.',
          datePublished: minutesAgo(3000),
        },
      ],
    })
  })

  test('has a fresh correction over the text, and at the foot a day later', async () => {
    const {editor, clock} = running
    const at = minutesAgo(30)
    await editor.createOrReplace(
      articleDocument('corrected', {
        lede: paragraphs('Twelve points.'),
        corrections: [{_key: 'c', kind: 'correction', at, text: 'It was ten.'}],
      }),
    )
    const order = async () => {
      const text = readable(await running.text('/a/corrected'))
      return text.indexOf('It was ten.') < text.indexOf('Twelve points.') ? 'top' : 'foot'
    }
    const day = 24 * 60
    clock.set(new Date(Date.parse(minutesAgo(-day, at)) - 1).toISOString())
    expect(await order()).toBe('top')
    clock.set(minutesAgo(-day, at))
    expect(await order()).toBe('foot')
    clock.set(noon)
  })

  test('speaks the story’s language in its direction', async () => {
    const {editor} = running
    await editor.createOrReplace(articleDocument('fa', {language: 'fa', headline: 'توافق'}))
    await editor.createOrReplace(articleDocument('ru', {language: 'ru-RU', headline: 'Порт'}))
    await editor.createOrReplace(articleDocument('de', {language: 'de', headline: 'Hafen'}))
    const opening = async (path: string) =>
      /<html[^>]*>/
        .exec(await running.text(path))?.[0]
        .replace(/ data-made-at="[^"]*"/, '')
        .replace(/\s+/g, ' ')
    expect(await opening('/a/fa')).toBe('<html lang="fa" dir="rtl" >')
    expect(await opening('/a/ru')).toBe('<html lang="ru-RU" dir="ltr" >')
    expect(await opening('/a/de')).toBe('<html lang="de" dir="ltr" >')
    expect(readable(await running.text('/a/fa'))).toContain('نخستین انتشار')
    expect(readable(await running.text('/a/ru'))).toContain('Опубликовано')
    expect(readable(await running.text('/a/de'))).toContain('First published')
  })

  test('shows breaking news over the story and under the masthead, without a script', async () => {
    const {editor} = running
    await editor.createOrReplace(
      leaseDocument('now', {
        level: 'flash',
        headline: 'Tram stops',
        article: weakReference('whole'),
      }),
    )
    const page = await running.text('/a/whole')
    expect(readable(page)).toContain('Flash Tram stops · 5 min ago')
    expect(readable(page)).toContain('Flash · 14:55 MSK The tram is back')
    expect(page).toMatch(/<p class="label label-flash"\s+data-lease="now" data-until="[^"]+"\s*>/)
    expect(page).toMatch(/<div role="alert">\s*<div\s+class="banner banner-flash"/)
    await editor.delete('now')
  })
})

describe('an address', () => {
  test('that a story once had leads to where it is', async () => {
    await running.editor.createOrReplace(
      articleDocument('moved', {previousSlugs: ['first-try', 'second-try']}),
    )
    const answer = await running.get('/a/first-try')
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/a/moved'])
  })

  test('of a killed story answers 410 with the notice and none of the text', async () => {
    await running.editor.createOrReplace({
      _id: 'killed',
      _type: 'article',
      slug: {_type: 'slug', current: 'killed'},
      language: 'en',
      killed: {at: minutesAgo(1), notice: 'It named a child.'},
    })
    const answer = await running.get('/a/killed')
    const text = readable(await answer.text())
    expect(answer.status).toBe(410)
    expect(text).toContain('This story has been withdrawn It named a child. To the front page')
    expect(headlines(await running.text('/'))).not.toContain('Headline of killed')
  })

  test('that never was answers 404 with a way on', async () => {
    for (const path of ['/a/never', '/nothing/here']) {
      const answer = await running.get(path)
      expect(answer.status).toBe(404)
      expect(readable(await answer.text())).toContain('There is no story at this address')
    }
  })

  test('that no browser would make is answered in order, and one with a slash too many leads on', async () => {
    expect((await running.get('/a/%E0%A4%A')).status).toBe(404)
    expect((await running.get('/a/')).status).toBe(404)
    const answer = await running.get('/a/moved/')
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/a/moved'])
  })

  test('for robots keeps them out of the Studio', async () => {
    expect(await running.text('/robots.txt')).toBe('User-agent: *\nAllow: /\nDisallow: /studio\n')
  })
})

test('pages stay under 60 kB with all that they load but fonts and pictures', async () => {
  const page = await running.text('/a/whole')
  const loaded = [...page.matchAll(/(?:href|src)="(\/assets\/(?!fonts)[^"]+)"/g)]
  const sizes = await Promise.all(
    loaded.map(async ([, path = '']) => (await running.text(path)).length),
  )
  expect(sizes.length).toBeGreaterThan(1)
  expect(sizes.reduce((sum, size) => sum + size, page.length)).toBeLessThan(60_000)
})
