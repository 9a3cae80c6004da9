import type {Article, StoryRecord} from './documents.ts'
import {EditorialError} from './errors.ts'
import {storedTimeOf} from './time.ts'

/** Fields that publishing writes and nobody else: taken from the live story, never from a draft. */
export const publicationFields = [
  'update',
  'updates',
  'corrections',
  'killed',
  'firstPublishedAt',
  'lastUpdatedAt',
  'previousSlugs',
] as const

export type PublicationFields = Pick<Article, (typeof publicationFields)[number]>

/** Attributes that the lake itself keeps, or that belong to the draft and not to the story. */
export const keptByLake = ['_id', '_type', '_rev', '_createdAt', '_updatedAt', '_system']

/** What kind of change a publication is, as far as the fields depend on it. */
export type ChangeAnswer =
  | {kind: 'silentFix'}
  | {kind: 'update'; note: string}
  | {kind: 'correction' | 'clarification'; text: string}

/** What a story says beside its publications: neither their fields nor the lake's attributes. */
export function contentOf(story: Article): {[field: string]: unknown} {
  const others = new Set<string>([...publicationFields, ...keptByLake])
  return Object.fromEntries(Object.entries(story).filter(([name]) => !others.has(name)))
}

/**
 * The fields of a story that goes live from a draft: those of the time when readers saw it before, if they
 * ever did, and the flag that an editor set.
 */
export function firstFields(
  story: Article,
  record: StoryRecord | undefined,
  at: string,
): PublicationFields {
  return {
    ...(story.update === undefined ? {} : {update: story.update}),
    ...pick(record ?? {}),
    firstPublishedAt: record?.firstPublishedAt ?? publishedElsewhere(story, at) ?? at,
    ...formerSlugs(record ?? {}, story),
  }
}

/** The fields of a live story after a change, by the design's table "Publishing asks one question". */
export function changedFields(changing: {
  before: Article
  story: Article
  answer: ChangeAnswer
  at: string
  newKey: () => string
}): PublicationFields {
  const {before, story, answer, at, newKey} = changing
  const kept: PublicationFields = {
    ...pick(before),
    firstPublishedAt: before.firstPublishedAt ?? storedTimeOf(before._createdAt ?? at),
    ...formerSlugs(before, story),
  }
  switch (answer.kind) {
    case 'silentFix':
      return kept
    case 'update': {
      const note = written(
        answer.note,
        'Say in a sentence what is new; readers see it in the list of updates.',
      )
      const updates = kept.updates ?? []
      const number = updates.reduce((highest, update) => Math.max(highest, update.number), 0) + 1
      return {
        ...kept,
        update: true,
        updates: [...updates, {_type: 'articleUpdate', _key: newKey(), number, at, note}],
        lastUpdatedAt: at,
      }
    }
    case 'correction':
    case 'clarification': {
      const text = written(
        answer.text,
        `Write the ${answer.kind}; readers see it in a box on the story.`,
      )
      return {
        ...kept,
        corrections: [
          ...(kept.corrections ?? []),
          {_type: 'correction', _key: newKey(), kind: answer.kind, at, text},
        ],
        lastUpdatedAt: at,
      }
    }
    default:
      return answer satisfies never
  }
}

/** What is kept of a story in its state when it is taken from readers. */
export function recordOf(live: Article): StoryRecord {
  const {slug, previousSlugs, updates, corrections, firstPublishedAt, lastUpdatedAt} = live
  const kept = {slug, previousSlugs, updates, corrections, firstPublishedAt, lastUpdatedAt}
  const known = Object.entries(kept).filter(([, value]) => value !== undefined)
  return {_type: 'storyRecord', ...Object.fromEntries(known)}
}

/** An imported story was published elsewhere before; that is when its readers first saw it. */
function publishedElsewhere(story: Article, at: string): string | undefined {
  const before = story.source?.importId ? story.firstPublishedAt : undefined
  return before !== undefined && before <= at ? before : undefined
}

/** The old address stays known for redirects; an address that is taken up again is no former one. */
function formerSlugs(
  before: Pick<Article, 'slug' | 'previousSlugs'>,
  story: Article,
): Pick<Article, 'previousSlugs'> {
  const former = before.slug?.current
  const current = story.slug?.current
  if (former === undefined || former === current) return {}
  const older = before.previousSlugs ?? []
  return {previousSlugs: [...older.filter((slug) => slug !== current && slug !== former), former]}
}

function pick(from: {[name: string]: unknown}): PublicationFields {
  const present = publicationFields.filter((name) => from[name] !== undefined)
  return Object.fromEntries(present.map((name) => [name, from[name]]))
}

function written(text: string, sentence: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw new EditorialError('noteMissing', sentence)
  return trimmed
}
