import type {SanityClient} from '@sanity/client'
import {evaluate, parse} from 'groq-js'

import {documentId, type Article} from '../editorial/documents.ts'
import {isRecord} from '../editorial/references.ts'
import {readAnswer} from './answer.ts'
import {leaseInSight, leaseParameters} from './breaking.ts'
import {preview, previewQuery, type Preview} from './preview.ts'

type Stored = {_id: string; _type: string; [field: string]: unknown}

/** What a story's page shows beside the story: what it refers to, the settings, and breaking news. */
export type Surroundings = {documents: readonly Stored[]}

/** The ids of everything that a document refers to, each once. */
export function referredTo(document: unknown): string[] {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (!isRecord(value)) return
    if (typeof value['_ref'] === 'string') found.add(value['_ref'])
    Object.values(value).forEach(visit)
  }
  visit(document)
  return [...found].sort()
}

const surroundingsQuery = `*[_id in $ids || _id == "siteSettings" || (${leaseInSight})]`
const furtherQuery = '*[_id in $ids]'

/**
 * Asks for what surrounds a story's page: two questions, because related stories have topics and pictures of their own.
 * Throws the client's errors.
 */
export async function fetchSurroundings(
  client: SanityClient,
  story: unknown,
  now: Date,
): Promise<Surroundings> {
  const options = {perspective: 'drafts'} as const
  const near = await client.fetch<Stored[]>(
    surroundingsQuery,
    {...leaseParameters(now), ids: referredTo(story)},
    options,
  )
  const known = new Set(near.map(({_id}) => _id))
  const ids = referredTo(near).filter((id) => !known.has(id))
  const far = ids.length === 0 ? [] : await client.fetch<Stored[]>(furtherQuery, {ids}, options)
  return {documents: [...near, ...far]}
}

/**
 * The answer to the preview's question for a story as it is being typed, before the lake has heard of it: the same query
 * over the story and its surroundings. Throws `QueryAnswerError`.
 */
export async function previewOfTyped(
  story: Stored | Article,
  {documents}: Surroundings,
  now: Date,
): Promise<Preview> {
  const id = documentId.published(story._id)
  const dataset = [{...story, _id: id}, ...documents.filter(({_id}) => _id !== id)]
  const params = {...leaseParameters(now), id}
  // Parameters become part of what is parsed.
  const value = await evaluate(parse(previewQuery, {params}), {dataset, params})
  return readAnswer('the preview', preview, await value.get())
}
