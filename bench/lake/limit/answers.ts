import Database from 'better-sqlite3'
import {z} from 'zod'

import type {WorkName} from '../works.ts'
import {documentTable, isPublished, isStory} from './tables.ts'

/** The limit: each work as prepared SQL that gives its answer as one JSON text. */
export type Limit = {
  answer(work: WorkName, params: {[name: string]: unknown}, now: Date): string
  close(): void
}

const textParams = z.record(z.string(), z.unknown())

/** Opens a file that `makeLimitFile` made, for reading. */
export function openLimit(file: string): Limit {
  const database = new Database(file, {readonly: true})
  const statements = prepare(database)
  return {
    answer(work, params, now) {
      const named = {...textParams.parse(params), now: now.toISOString()}
      const answer: unknown = statements[work].pluck().get(named)
      return typeof answer === 'string' ? answer : 'null'
    },
    close: () => database.close(),
  }
}

const line = `'_id', story.id, 'headline', json_extract(story.body, '$.headline'),
  'firstPublishedAt', json_extract(story.body, '$.firstPublishedAt')`
const card = `${line}, 'slug', json_extract(story.body, '$.slug.current'),
  'standfirst', json_extract(story.body, '$.standfirst'), 'update', json(story.body -> '$.update')`
const newest = "ORDER BY json_extract(story.body, '$.firstPublishedAt') DESC"
const stories = `document AS story INDEXED BY by_hand_newest WHERE ${isStory('story')}`
const listed = `${stories} AND json_extract(story.body, '$.slug.current') IS NOT NULL
  AND json_extract(story.body, '$.killed') IS NULL`

const listOf = (cards: string): string =>
  `SELECT json_group_array(json(card)) FROM (SELECT ${cards})`
const countOf = (type: string): string =>
  `(SELECT count(*) FROM document AS one WHERE ${isPublished('one', type)})`
const referred = (field: string, name: string): string => `(
  SELECT json_group_array(json_object('${name}', json_extract(other.body, '$.${name}'),
    'slug', json_extract(other.body, '$.slug.current')))
  FROM json_each(story.body, '$.${field}') AS one
  CROSS JOIN document AS other ON other.id = json_extract(one.value, '$._ref')
)`
const about = (topic: string): string =>
  `EXISTS (SELECT 1 FROM by_hand_reference AS one WHERE one.target = ${topic} AND one.source = story.id)`
/** Only what stands in the index is read until the few stories are known. */
const newestAbout = (topic: string, count: number): string =>
  `SELECT story.id, json_extract(story.body, '$.firstPublishedAt') AS published
   FROM ${stories} AND ${about(topic)} ${newest} LIMIT ${count}`
const found = (fields: string, inner: string, order = 'found.published DESC'): string =>
  listOf(`json_object(${fields}) AS card FROM (${inner}) AS found
    CROSS JOIN document AS story ON story.id = found.id ORDER BY ${order}`)

function prepare(database: Database.Database): {[Name in WorkName]: Database.Statement} {
  const {bodyText} = documentTable(database)
  return {
    slug: database.prepare(
      `SELECT ${bodyText('story')} FROM document AS story
       WHERE ${isStory('story')} AND json_extract(story.body, '$.slug.current') = @slug LIMIT 1`,
    ),
    frontPage: database.prepare(
      listOf(`json_object(${card}) AS card FROM ${listed} ${newest} LIMIT 20`),
    ),
    frontPageDereferenced: database.prepare(
      listOf(
        `json_object(${card}, 'authors', json(${referred('authors', 'name')}),
          'topics', json(${referred('topics', 'title')})) AS card FROM ${listed} ${newest} LIMIT 20`,
      ),
    ),
    topic: database.prepare(found(card, newestAbout('@topic', 20))),
    counts: database.prepare(
      `SELECT json_object('articles', ${countOf('article')}, 'authors', ${countOf('author')},
        'topics', ${countOf('topic')}, 'leases', ${countOf('breakingNews')},
        'updates', (SELECT count(*) FROM document AS story INDEXED BY by_hand_update
          WHERE ${isStory('story')} AND json_extract(story.body, '$.update') = 1))`,
    ),
    textBest: database.prepare(
      found(
        line,
        `SELECT by_hand_story.id, best.place FROM (
           SELECT rowid AS number, rank AS place FROM by_hand_text WHERE by_hand_text MATCH @words
           ORDER BY rank LIMIT 20
         ) AS best CROSS JOIN by_hand_story USING (number)`,
        'found.place',
      ),
    ),
    textNewest: database.prepare(
      found(
        line,
        `SELECT id, published FROM by_hand_text CROSS JOIN by_hand_story ON number = by_hand_text.rowid
         WHERE by_hand_text MATCH @words ORDER BY published DESC LIMIT 20`,
      ),
    ),
    leases: database.prepare(
      listOf(
        `json_object('_id', lease.id, 'headline', json_extract(lease.body, '$.headline'),
           'level', json_extract(lease.body, '$.level'), 'startsAt', json_extract(lease.body, '$.startsAt'),
           'until', json_extract(lease.body, '$.until'), 'story', (
             SELECT json_extract(story.body, '$.slug.current') FROM document AS story
             WHERE story.id = json_extract(lease.body, '$.article._ref'))) AS card
         FROM document AS lease INDEXED BY by_hand_until
         WHERE ${isPublished('lease', 'breakingNews')} AND json_extract(lease.body, '$.until') > @now
           AND json_extract(lease.body, '$.startsAt') <= @now
           AND json_extract(lease.body, '$.endedAt') IS NULL
           AND json_extract(lease.body, '$.withdrawn') IS NULL
         ORDER BY json_extract(lease.body, '$.startsAt') DESC`,
      ),
    ),
    tenTopics: database.prepare(
      listOf(
        `json_object('title', json_extract(topic.body, '$.title'), 'stories', json((
           ${found(line, newestAbout('topic.id', 3))}
         ))) AS card
         FROM document AS topic INDEXED BY by_hand_title WHERE ${isPublished('topic', 'topic')}
         ORDER BY json_extract(topic.body, '$.title') LIMIT 10`,
      ),
    ),
  }
}
