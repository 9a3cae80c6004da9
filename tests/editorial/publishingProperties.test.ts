import * as fc from 'fast-check'
import {expect, test} from 'vitest'
import {article, editorialState, type Article} from '../../editorial/documents.ts'
import {publicationFields} from '../../editorial/publicationFields.ts'
import {publicationOf, type PublicationAnswer} from '../../editorial/publishing.ts'
import {newsroomInMemory} from './newsroomInMemory.ts'
import {countedKeys, draftOf, liveStory, paragraph} from './stories.ts'

const text = fc.string({minLength: 1, unit: 'grapheme'}).filter((words) => words.trim() !== '')

const forgedUpdate = {
  _type: 'articleUpdate' as const,
  _key: 'forged',
  number: 99,
  at: '1999-01-01T00:00:00.000Z',
  note: 'Forged.',
}

const answers: fc.Arbitrary<PublicationAnswer> = fc.oneof(
  fc.constant({kind: 'silentFix'} as const),
  fc.record({kind: fc.constant('update' as const), note: text}),
  fc.record({kind: fc.constantFrom('correction' as const, 'clarification' as const), text}),
  fc.constant({kind: 'clearUpdateLabel'} as const),
)

/** What somebody wrote, and what a careless or hostile client put into the publication fields of the draft. */
const writing = fc.record({
  headline: text,
  lede: fc.array(text, {minLength: 1, maxLength: 4}),
  slug: fc.constantFrom('kerry', 'kerry-in-moscow', 'kerry-2', 'syria'),
  unknownField: fc.jsonValue(),
  forgery: fc.record({
    update: fc.boolean(),
    firstPublishedAt: fc.constant('1999-01-01T00:00:00.000Z'),
    lastUpdatedAt: fc.constant('2999-01-01T00:00:00.000Z'),
    updates: fc.array(fc.constant(forgedUpdate), {maxLength: 1}),
    corrections: fc.constantFrom(undefined),
    previousSlugs: fc.array(fc.constant('forged'), {minLength: 1, maxLength: 2}),
  }),
})

/** Clocks disagree: the time of a publication may lie before the one of the last. */
const clock = fc.integer({min: -60_000, max: 3_600_000})

const steps = fc.array(fc.record({answer: answers, written: writing, passed: clock}), {
  minLength: 1,
  maxLength: 12,
})

test('a story’s life keeps every character that was written and never rewrites what readers saw', () => {
  fc.assert(
    fc.property(writing, steps, (first, life) => {
      const newKey = countedKeys()
      const newsroom = newsroomInMemory(draftFrom(liveStory(), first))
      let time = Date.parse('2026-11-24T09:00:00.000Z')
      const publish = (answer: PublicationAnswer) => {
        newsroom.commit(
          publicationOf({
            draft: read(newsroom.document('drafts.kerry')),
            live: read(newsroom.document('kerry')),
            state: editorialState.optional().parse(newsroom.document('editorial.kerry')),
            answer,
            now: new Date(time),
            by: 'ann',
            role: 'publisher',
            newKey,
          }).mutations,
        )
        return article.parse(newsroom.document('kerry'))
      }
      let live = publish({kind: 'now', reason: 'It is news.'})
      expect(contentOf(live)).toEqual(contentOf(draftFrom(live, first)))
      for (const [place, {answer, written, passed}] of life.entries()) {
        time += passed
        const before = live
        const draft = draftFrom(before, written)
        newsroom.put(draft)
        live = publish(answer)
        expectReadersCanTrust(before, live)
        const cleared = answer.kind === 'clearUpdateLabel'
        expect({
          live: contentOf(live),
          draft: optionalContentOf(read(newsroom.document('drafts.kerry'))),
          update: live.update,
        }).toEqual({
          live: contentOf(cleared ? before : draft),
          draft: cleared ? contentOf(draft) : undefined,
          update: cleared ? false : answer.kind === 'update' || before.update,
        })
        expect(newsroom.document('editorial.kerry')).toMatchObject({stage: 'live'})
        expect(historyLength(newsroom.document('editorial.kerry'))).toBe(place + 2)
      }
    }),
    {numRuns: 60},
  )
})

function expectReadersCanTrust(before: Article, after: Article): void {
  const updates = after.updates ?? []
  expect(updates.map(({number}) => number)).toEqual(updates.map((_, index) => index + 1))
  expect(updates.slice(0, before.updates?.length ?? 0)).toEqual(before.updates ?? [])
  expect((after.corrections ?? []).slice(0, before.corrections?.length ?? 0)).toEqual(
    before.corrections ?? [],
  )
  expect(after.firstPublishedAt).toBe(before.firstPublishedAt)
  expect((after.lastUpdatedAt ?? '') >= (before.lastUpdatedAt ?? '')).toBe(true)
  expect(after.lastUpdatedAt).not.toBe('2999-01-01T00:00:00.000Z')
  const times = updates.map(({at}) => at)
  expect(times).toEqual([...times].sort())
  expect(after.previousSlugs ?? []).not.toContain('forged')
  expect(after.previousSlugs ?? []).not.toContain(after.slug?.current)
  const former = before.slug?.current === after.slug?.current ? [] : [before.slug?.current]
  expect(after.previousSlugs ?? []).toEqual(expect.arrayContaining(former))
}

function draftFrom(
  live: Article,
  written: typeof writing extends fc.Arbitrary<infer W> ? W : never,
) {
  return draftOf(live, {
    headline: written.headline,
    lede: written.lede.map((words, index) => paragraph(`p${index}`, words)),
    slug: {_type: 'slug', current: written.slug},
    unknownField: written.unknownField,
    sections: [
      {
        _type: 'section',
        _key: 's',
        heading: written.headline,
        unknownField: written.unknownField,
        body: [paragraph('s0', written.headline)],
      },
    ],
    ...written.forgery,
  })
}

function contentOf(story: Article): {[field: string]: unknown} {
  const others = new Set<string>([...publicationFields, '_id', '_rev', '_createdAt', '_updatedAt'])
  return Object.fromEntries(Object.entries(story).filter(([name]) => !others.has(name)))
}

function optionalContentOf(story: Article | undefined) {
  return story && contentOf(story)
}

function read(document: unknown): Article | undefined {
  return article.optional().parse(document)
}

function historyLength(state: {[field: string]: unknown} | undefined): number {
  const history = state?.['history']
  return Array.isArray(history) ? history.length : 0
}
