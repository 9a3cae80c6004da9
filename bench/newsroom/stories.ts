import type {JsonValue} from '../../lake/documents/document.ts'
import {minute} from '../../editorial/time.ts'
import {kerryStory} from './kerryStory.ts'
import {seededRandom, type Random} from './random.ts'
import {
  assetId,
  authorId,
  slugOf,
  surroundingsOf,
  topicId,
  type NewDocument,
} from './surroundings.ts'
import {someHeadline, someText} from './vocabulary.ts'

/** The instant at which the generated newsroom is looked at. */
export const newsroomNow = new Date('2026-11-24T12:00:00.000Z')

const template = kerryStory(newsroomNow)
const minutesBetweenStories = 7

/** In no order, as ids of a newsroom are; the number at its end keeps two of a million from being the same. */
export const storyId = (number: number): string =>
  `story-${seededRandom('id', number).hex(16)}${number.toString(16).padStart(8, '0')}`

/**
 * A published story of the Kerry story's shape and size; number 0 is the newest, each further one seven minutes older.
 * Headline, address, times, authors, topics, pictures and all words are its own, and the same in every run.
 */
export function story(number: number, stories: number): NewDocument {
  const random = seededRandom('story', number)
  const headline = someHeadline(random, 6 + random.below(4))
  const firstPublished = publishedAt(number, random)
  const update = random.chance(0.12)
  const updatedAt = new Date(firstPublished.getTime() + (1 + random.below(300)) * minute)
  const {assets, authors} = surroundingsOf(stories)
  const {_id, headline: _headline, slug: _slug, updates: _updates, ...rest} = template
  const written = rewritten(rest, {random, assets})
  return {
    ...written,
    _id: storyId(number),
    _type: 'article',
    headline,
    slug: slugOf(`${headline} ${number}`),
    standfirst: someText(random, 140),
    update,
    firstPublishedAt: firstPublished.toISOString(),
    lastUpdatedAt: (update ? updatedAt : firstPublished).toISOString(),
    ...(update && {updates: [updateOf(updatedAt, random)]}),
    authors: references(1 + random.below(2), () => authorId(random.below(authors))),
    topics: references(1 + random.below(3), () => topicId(topicRank(random))),
    dateline: {_type: 'dateline', place: someHeadline(random, 1)},
  }
}

/** The draft of a story in which somebody is changing the headline. */
export function draftOf(published: NewDocument, number: number): NewDocument {
  const headline = someHeadline(seededRandom('draft', number), 7)
  return {...published, _id: `drafts.${published._id}`, headline}
}

function publishedAt(number: number, random: Random): Date {
  const newest = newsroomNow.getTime() - 5 * minute
  return new Date(newest - (number * minutesBetweenStories + random.fraction()) * minute)
}

/** Few topics have most stories: the rank comes up in proportion to about 1 / (rank + 5). */
function topicRank(random: Random): number {
  const {topics} = surroundingsOf(0)
  return Math.min(topics - 1, Math.floor(5 * ((topics + 5) / 5) ** random.fraction() - 5))
}

function updateOf(at: Date, random: Random) {
  return {
    _type: 'articleUpdate',
    _key: random.hex(12),
    number: 1,
    at: at.toISOString(),
    note: someText(random, 90),
  }
}

function references(count: number, pick: () => string) {
  const ids = [...new Set(Array.from({length: count}, pick))]
  return ids.map((_ref, index) => ({_type: 'reference', _key: `reference-${index}`, _ref}))
}

type Writing = {random: Random; assets: number}

/** Texts of the same length, keys of its own, and a picture in each figure. */
function rewritten(
  object: {[name: string]: unknown},
  writing: Writing,
): {[name: string]: JsonValue} {
  const {random, assets} = writing
  const entries = Object.entries(object).map(([name, value]) => [
    name,
    rewrittenValue(name, value, writing),
  ])
  if (object['_type'] === 'figureWithCaption') {
    const _ref = assetId(random.below(assets))
    entries.push(['image', {_type: 'image', asset: {_type: 'reference', _ref}}])
  }
  return Object.fromEntries(entries)
}

const prose: ReadonlySet<string> = new Set(['text', 'alt', 'caption', 'place', 'heading'])

function rewrittenValue(name: string, value: unknown, writing: Writing): JsonValue {
  if (Array.isArray(value)) return value.map((item) => rewrittenValue('', item, writing))
  if (typeof value === 'object' && value !== null) return rewritten({...value}, writing)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'string') return null
  if (name === '_key') return writing.random.hex(12)
  return prose.has(name) ? someText(writing.random, value.length) : value
}
