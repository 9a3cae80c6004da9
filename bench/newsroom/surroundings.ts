import type {JsonObject} from '../../lake/documents/document.ts'
import {seededRandom, type Random} from './random.ts'
import {someHeadline, someText} from './vocabulary.ts'

/** A document as it is handed to the lake. */
export type NewDocument = JsonObject & {_id: string; _type: string}

/** How many documents stand around a number of stories. */
export function surroundingsOf(stories: number) {
  return {
    topics: 200,
    authors: Math.max(50, Math.ceil(stories / 1000)),
    assets: Math.max(20, Math.ceil(stories / 10)),
    pastLeases: Math.ceil(stories / 50),
    liveLeases: 12,
  }
}

export const topicId = (rank: number): string => `topic-${rank}`
export const authorId = (number: number): string => `author-${number}`
export const assetId = (number: number): string =>
  `image-${seededRandom('asset', number).hex(40)}-1600x900-jpg`

/** What a story is about; rank 0 is the topic with the most stories. */
export function topic(rank: number): NewDocument {
  const random = seededRandom('topic', rank)
  const title = `${someHeadline(random, 2)} ${rank}`
  return {_id: topicId(rank), _type: 'topic', title, slug: slugOf(title)}
}

export function author(number: number): NewDocument {
  const random = seededRandom('author', number)
  const name = `${someHeadline(random, 2)} ${number}`
  return {
    _id: authorId(number),
    _type: 'author',
    name,
    slug: slugOf(name),
    role: someHeadline(random, 2),
    bio: someText(random, 300),
  }
}

/** A picture's document as an upload leaves it. */
export function asset(number: number): NewDocument {
  const _id = assetId(number)
  const hash = _id.split('-')[1] ?? ''
  const random = seededRandom('picture', number)
  const path = `images/bench/production/${hash}-1600x900.jpg`
  return {
    _id,
    _type: 'sanity.imageAsset',
    assetId: hash,
    sha1hash: hash,
    extension: 'jpg',
    mimeType: 'image/jpeg',
    originalFilename: `${random.hex(8)}.jpg`,
    size: 100_000 + random.below(400_000),
    path,
    url: `http://localhost:3000/${path}`,
    uploadId: random.hex(32),
    metadata: {
      _type: 'sanity.imageMetadata',
      dimensions: {
        _type: 'sanity.imageDimensions',
        width: 1600,
        height: 900,
        aspectRatio: 1600 / 900,
      },
      hasAlpha: false,
      isOpaque: true,
      lqip: `data:image/jpeg;base64,${random.hex(560)}`,
      palette: {_type: 'sanity.imagePalette', dominant: swatch(random), vibrant: swatch(random)},
    },
  }
}

/** Address of a title, as the Studio makes it. */
export function slugOf(title: string): {_type: 'slug'; current: string} {
  return {_type: 'slug', current: title.toLowerCase().replaceAll(' ', '-')}
}

function swatch(random: Random) {
  return {
    _type: 'sanity.imagePaletteSwatch',
    background: `#${random.hex(6)}`,
    foreground: '#fff',
    population: Math.round(random.fraction() * 100) / 10,
    title: '#fff',
  }
}
