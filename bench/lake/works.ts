import type {JsonObject} from '../../lake/documents/document.ts'
import {landmarks} from '../newsroom/newsroom.ts'

/** A question that readers' pages ask, in GROQ; `bench/lake/limit/answers.ts` answers it by hand. */
export type Work = {
  name: WorkName
  title: string
  query: string
  params: JsonObject
  /** Whether the time in process should stay the same however many stories there are. */
  independentOfSize: boolean
  /** `values`: all peers answer the same. `ranking`: each ranks by its own rule; only what is found must match. */
  comparison: 'values' | 'ranking'
}

export const workNames = [
  'slug',
  'frontPage',
  'frontPageDereferenced',
  'topic',
  'counts',
  'textBest',
  'textNewest',
  'leases',
  'tenTopics',
] as const
export type WorkName = (typeof workNames)[number]

const listed = '_type == "article" && defined(slug.current) && !defined(killed)'
const card = '_id, headline, "slug": slug.current, standfirst, update, firstPublishedAt'
const line = '_id, headline, firstPublishedAt'
const newest = '| order(firstPublishedAt desc)'
const text = '[headline, pt::text(lede), pt::text(sections[].body[])]'
const wanted = `_type == "article" && ${text} match $words`
const live = 'startsAt <= now() && now() < until && !defined(endedAt) && !defined(withdrawn)'
const countOf = (type: string) => `count(*[_type == "${type}"])`

const queries: {[Name in WorkName]: string} = {
  slug: '*[_type == "article" && slug.current == $slug][0]',
  frontPage: `*[${listed}] ${newest}[0...20]{${card}}`,
  frontPageDereferenced: `*[${listed}] ${newest}[0...20]{${card},
    "authors": authors[]->{name, "slug": slug.current},
    "topics": topics[]->{title, "slug": slug.current}
  }`,
  topic: `*[_type == "article" && references($topic)] ${newest}[0...20]{${card}}`,
  counts: `{
    "articles": ${countOf('article')},
    "authors": ${countOf('author')},
    "topics": ${countOf('topic')},
    "leases": ${countOf('breakingNews')},
    "updates": count(*[_type == "article" && update == true])
  }`,
  textBest: `*[${wanted}]
    | score(boost(headline match $words, 3), ${text} match $words)
    | order(_score desc)[0...20]{${line}}`,
  textNewest: `*[${wanted}] ${newest}[0...20]{${line}}`,
  leases: `*[_type == "breakingNews" && ${live}] | order(startsAt desc){
    _id, headline, level, startsAt, until, "story": article->slug.current
  }`,
  tenTopics: `*[_type == "topic"] | order(title asc)[0...10]{
    title,
    "stories": *[_type == "article" && references(^._id)] ${newest}[0...3]{${line}}
  }`,
}

const titles: {[Name in WorkName]: string} = {
  slug: 'story by slug',
  frontPage: 'front page, newest 20',
  frontPageDereferenced: 'the same with authors and topics',
  topic: 'stories of a topic, newest 20',
  counts: 'counts by type and of updates',
  textBest: 'full text, best 20',
  textNewest: 'full text, newest 20',
  leases: 'live breaking leases',
  tenTopics: 'ten topics, three newest stories each',
}

/** The works of issue 3's table, asked of a generated newsroom with so many stories. */
export function worksAmong(stories: number): Work[] {
  const {slug, topic, words} = landmarks(stories)
  const params: {[Name in WorkName]?: JsonObject} = {
    slug: {slug},
    topic: {topic},
    textBest: {words},
    textNewest: {words},
  }
  return workNames.map((name) => ({
    name,
    title: titles[name],
    query: queries[name],
    params: params[name] ?? {},
    independentOfSize: ['slug', 'frontPage', 'leases'].includes(name),
    comparison: name === 'textBest' ? 'ranking' : 'values',
  }))
}
