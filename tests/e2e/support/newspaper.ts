import {createClient, type SanityClient} from '@sanity/client'
import sharp from 'sharp'

import {skippingGuards} from '../../../scripts/importing/skippingGuards.ts'
import type {RunningProduct} from './product.ts'
import {worstStory} from './worstStory.ts'

export const kerrySlug = 'kerry-in-moscow-to-push-for-political-transition-in-syria'

const minute = 60_000

/** A stored time so many minutes before now; ahead of it when negative. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * minute).toISOString()
}

/**
 * A client that may write all, made as an administrator makes one for a script of theirs. It puts papers there as they came
 * from elsewhere, past what an editor would be held to: the worst story is not one that could be published here.
 */
export async function administrator(product: RunningProduct): Promise<SanityClient> {
  const printed = await product.script('token', 'add', 'tests', '--role', 'administrator')
  const secret = printed.trim().split('\n').at(-1)
  if (!secret) throw new Error(`No token was printed:\n${printed}`)
  return createClient({
    projectId: 'dateline',
    dataset: 'production',
    apiVersion: '2025-02-19',
    apiHost: product.origin,
    useProjectHostname: false,
    useCdn: false,
    token: secret,
    resolveFetch: () =>
      skippingGuards((address, init) => fetch(address, init), 'A paper that came from elsewhere.'),
    perspective: 'raw',
    ignoreBrowserTokenWarning: true,
  })
}

/**
 * Milliseconds within which a page that is told has shown it; one that only asks now and then may take 15 seconds.
 * How fast it is when the machine does nothing else, the bench measures.
 */
export const atOnce = 5000

/** A lease in force from now, for as long as `minutes`. Readers are told of it. */
export async function makeLease(
  client: SanityClient,
  id: string,
  fields: {headline: string; level?: string; article?: string; minutes?: number},
): Promise<void> {
  const {headline, level = 'breaking', article, minutes = 30} = fields
  await client.createOrReplace({
    _id: id,
    _type: 'breakingNews',
    headline,
    level,
    startsAt: minutesAgo(0),
    until: minutesAgo(-minutes),
    ...(article !== undefined && {article: {_type: 'reference', _ref: article, _weak: true}}),
  })
}

export async function endLease(client: SanityClient, id: string): Promise<void> {
  await client
    .patch(id)
    .set({endedAt: minutesAgo(0)})
    .commit()
}

/** A day's paper beside the Kerry story: lead with a picture, three beside it, a list, and the worst story. */
export async function publishNewspaper(client: SanityClient): Promise<void> {
  const [harbour, tram, market] = await Promise.all([
    upload(client, 'harbour', {sky: '#e7b783', ground: '#31566b', mark: '#c9493a'}),
    upload(client, 'tram', {sky: '#b9cbd6', ground: '#5b5148', mark: '#d8a32a'}),
    upload(client, 'market', {sky: '#d9d2b8', ground: '#3f5a3c', mark: '#7a3550'}),
  ])
  await client
    .transaction()
    .createOrReplace({_id: 'city', _type: 'topic', title: 'City', slug: slug('city')})
    .createOrReplace({_id: 'trade', _type: 'topic', title: 'Trade', slug: slug('trade')})
    .createOrReplace({_id: 'ann', _type: 'author', name: 'Ann Alder', slug: slug('ann-alder')})
    .commit()
  const transaction = client.transaction()
  for (const story of stories({harbour, tram, market})) transaction.createOrReplace(story)
  transaction.createOrReplace(worstStory(minutesAgo, ['tram', 'ferry', 'storm']))
  await transaction.commit()
}

type Assets = {harbour: string; tram: string; market: string}

function stories({harbour, tram, market}: Assets) {
  return [
    story('harbour', 'Harbour reopens after the longest night in its history', {
      minutes: 6,
      standfirst:
        'Tugs brought in eleven ships before dawn. The port authority says the channel is safe, and the pilots say it is not.',
      picture: figure(harbour, 'A tug leads a freighter past the old lighthouse at first light.'),
      topic: 'city',
    }),
    story('tram', 'The tram is back, twelve years late', {
      minutes: 25,
      standfirst: 'Forty million, two mayors and one bridge later, Line 3 runs again.',
      picture: figure(tram, 'The first tram of Line 3.'),
      updates: [2, 25],
      topic: 'city',
    }),
    story('ferry', 'Ferry timetable withdrawn after councillors read it', {
      minutes: 48,
      standfirst: 'Three of the five crossings never existed.',
      corrected: 30,
    }),
    story('market', 'Fishmongers, florists and a judge: who gets the covered market?', {
      minutes: 95,
      picture: figure(market, 'The covered market on a Tuesday.'),
      topic: 'trade',
    }),
    story('storm', 'What we know about the storm', {minutes: 130, topic: 'city'}),
    story('port', 'Порт открыт после самой долгой ночи в своей истории', {
      minutes: 200,
      language: 'ru',
      standfirst: 'Буксиры завели одиннадцать судов до рассвета.',
      updates: [1, 180],
    }),
    story('kyiv', 'У столиці відновили рух трамваїв через Дніпро', {
      minutes: 260,
      language: 'uk',
      standfirst: 'Міст відкрили на добу раніше, ніж обіцяли.',
    }),
    story('tehran', 'بازار سرپوشیده به دادگاه رفت', {
      minutes: 320,
      language: 'fa',
      standfirst: 'ماهی‌فروشان و گل‌فروشان هر دو خود را صاحب بازار می‌دانند.',
    }),
    story('bread', 'Bread is cheaper than in spring, and bakers cannot say why', {
      minutes: 900,
      standfirst:
        'Flour costs more, energy costs more, wages rose in May. Yet the loaf on the counter fell by nine cents.',
      topic: 'trade',
    }),
    story('chess', 'A pupil of eleven beats the town’s chess master in nineteen moves', {
      minutes: 1700,
    }),
    story('archive', 'The Straßenbahnoberleitungsinstandhaltungsarbeiten are over', {
      minutes: 2900,
      standfirst: 'Overhead lines of the whole network were replaced at night.',
    }),
  ]
}

type StoryParts = {
  minutes: number
  language?: string
  standfirst?: string
  picture?: object
  topic?: string
  /** Number and age in minutes of the last update. */
  updates?: readonly [number, number]
  /** Age in minutes of a correction. */
  corrected?: number
}

function story(id: string, headline: string, parts: StoryParts) {
  const {minutes, language = 'en', standfirst, picture, topic, updates, corrected} = parts
  const [number = 0, age = 0] = updates ?? []
  return {
    _id: id,
    _type: 'article',
    headline,
    slug: slug(id),
    language,
    standfirst,
    leadFigure: picture,
    authors: [{_type: 'reference', _ref: 'ann', _key: 'ann'}],
    topics: topic && [{_type: 'reference', _ref: topic, _key: topic}],
    lede: paragraphs(`${headline}. That is the news, and the rest of the page says how it came.`),
    firstPublishedAt: minutesAgo(updates ? minutes + 300 : minutes),
    ...(updates && {
      update: true,
      updates: [{_key: 'u', number, at: minutesAgo(age), note: 'Adds what the mayor said.'}],
      lastUpdatedAt: minutesAgo(age),
    }),
    ...(corrected !== undefined && {
      corrections: [
        {
          _key: 'c',
          kind: 'correction',
          at: minutesAgo(corrected),
          text: 'Three crossings, not two, never existed.',
        },
      ],
      lastUpdatedAt: minutesAgo(corrected),
    }),
  }
}

export function paragraphs(...texts: readonly string[]) {
  return texts.map((text, index) => ({
    _type: 'block',
    _key: `p${index}`,
    style: 'normal',
    markDefs: [],
    children: [{_type: 'span', _key: `s${index}`, text, marks: []}],
  }))
}

function slug(current: string) {
  return {_type: 'slug', current}
}

/** A picture whose hotspot is the mark at its right, so that a crop which ignores it shows none. */
function figure(assetId: string, caption: string) {
  return {
    _type: 'figureWithCaption',
    alt: caption,
    caption,
    credit: 'Cy Cedar',
    image: {
      _type: 'image',
      asset: {_type: 'reference', _ref: assetId},
      hotspot: {_type: 'sanity.imageHotspot', x: 0.72, y: 0.45, width: 0.3, height: 0.4},
      crop: {_type: 'sanity.imageCrop', top: 0, bottom: 0.05, left: 0, right: 0},
    },
  }
}

type Colours = {sky: string; ground: string; mark: string}

async function upload(client: SanityClient, name: string, colours: Colours): Promise<string> {
  const {sky, ground, mark} = colours
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1800" height="1200">
    <rect width="1800" height="1200" fill="${sky}"/>
    <path d="M0 760 Q 420 690 900 760 T 1800 740 V 1200 H 0 Z" fill="${ground}"/>
    <path d="M120 770 l 90 -260 h 60 l 90 260 Z" fill="${ground}" opacity="0.7"/>
    <circle cx="1296" cy="540" r="150" fill="${mark}"/>
  </svg>`
  const bytes = await sharp(Buffer.from(drawing)).jpeg({quality: 82}).toBuffer()
  const asset = await client.assets.upload('image', bytes, {
    filename: `${name}.jpg`,
    contentType: 'image/jpeg',
  })
  return asset._id
}
