import {createElement} from 'react'
import type {PreviewValue, SchemaTypeDefinition} from 'sanity'
import {z} from 'zod'

import {article} from '../../editorial/documents.ts'
import {authorsOf} from './storyLine.ts'
import {StoryStanding} from './StoryStanding.tsx'

const selected = z.object({
  id: z.string().optional().catch(undefined),
  at: z.string().optional().catch(undefined),
  headline: z.string().optional().catch(undefined),
  byline: z.string().optional().catch(undefined),
  first: z.string().optional().catch(undefined),
  second: z.string().optional().catch(undefined),
  third: z.string().optional().catch(undefined),
  update: article.shape.update.catch(undefined),
  updates: article.shape.updates.catch(undefined),
  corrections: article.shape.corrections.catch(undefined),
  killed: article.shape.killed.catch(undefined),
  media: z.custom<NonNullable<PreviewValue['media']>>().optional(),
})

/**
 * A story's line in Sanity's own lists, searches and reference fields: headline and author as text, and at the row's
 * end what other documents and the time decide. Those come as a component in `children`, which every layout of Sanity's
 * previews shows; texts cannot keep themselves current.
 */
export const storyPreview = {
  select: {
    id: '_id',
    at: '_updatedAt',
    headline: 'headline',
    byline: 'byline',
    first: 'authors.0.name',
    second: 'authors.1.name',
    third: 'authors.2.name',
    update: 'update',
    updates: 'updates',
    corrections: 'corrections',
    killed: 'killed',
    media: 'leadFigure.image',
  },
  prepare(selection: {[name: string]: unknown}) {
    const {id, at, headline, byline, first, second, third, media, ...story} =
      selected.parse(selection)
    const authors = [first, second, third].filter((name) => name !== undefined)
    return {
      title: headline || 'Story without a headline',
      subtitle: authorsOf({authors, byline}) ?? 'Nobody has signed it yet',
      ...(media === undefined ? {} : {media}),
      ...(id === undefined
        ? {}
        : {children: createElement(StoryStanding, {story: {_id: id, ...story}, at})}),
    }
  },
}

/** The types, with stories previewed as the desk shows them. */
export function withStoryPreview(types: readonly SchemaTypeDefinition[]): SchemaTypeDefinition[] {
  return types.map((type) => (type.name === 'article' ? {...type, preview: storyPreview} : type))
}
