import {z} from 'zod'

import {stages as stageList} from '../schemas/objects/stages.ts'
import {roleNames} from './roles.ts'

/**
 * The newsroom's documents as they are stored, for the rules and for ingest. `schemas/` holds the same
 * shapes for the Studio, with their validation sentences; a test holds the two together.
 * Every object is loose: parsing must never lose what someone wrote, even where the model does not know it.
 * All times are UTC in exactly `YYYY-MM-DDTHH:mm:ss.sssZ`, because GROQ compares strings.
 */
export const storedTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)

/** What every member of a list has. */
export const keyed = {_key: z.string().min(1)}

export const reference = z.looseObject({
  _type: z.literal('reference'),
  _ref: z.string().min(1),
  _weak: z.boolean().optional(),
})
export const keyedReference = reference.extend(keyed)

const slug = z.looseObject({_type: z.literal('slug'), current: z.string().min(1)})

const image = z.looseObject({
  _type: z.literal('image'),
  asset: reference.optional(),
})

export const figureWithCaption = z.looseObject({
  _type: z.literal('figureWithCaption'),
  _key: z.string().optional(),
  image: image.optional(),
  alt: z.string().optional(),
  caption: z.string().optional(),
  credit: z.string().optional(),
  takenAt: z.string().optional(),
  place: z.string().optional(),
  filePhoto: z.boolean().optional(),
})

export const span = z.looseObject({
  _type: z.literal('span'),
  ...keyed,
  text: z.string(),
  marks: z.array(z.string()).optional(),
})

export const textBlock = z.looseObject({
  _type: z.literal('block'),
  ...keyed,
  style: z.string().optional(),
  listItem: z.string().optional(),
  level: z.number().optional(),
  markDefs: z.array(z.looseObject({_type: z.string(), ...keyed})).optional(),
  children: z.array(z.looseObject({_type: z.string(), ...keyed})),
})

/** The annotation of a link: to an address, or to a story of ours. */
export const link = z.looseObject({
  _type: z.literal('link'),
  ...keyed,
  href: z.string().optional(),
  reference: reference.optional(),
})

export const pullQuote = z.looseObject({
  _type: z.literal('pullQuote'),
  _key: z.string().optional(),
  quote: z.string().optional(),
  attribution: z.string().optional(),
})

export const embed = z.looseObject({
  _type: z.literal('embed'),
  _key: z.string().optional(),
  url: z.string().optional(),
  title: z.string().optional(),
})

/** A Portable Text block: text, or one of the block types figureWithCaption, pullQuote and embed. */
export const block = z.looseObject({_type: z.string(), ...keyed})
export const portableText = z.array(block)

export const section = z.looseObject({
  _type: z.literal('section'),
  ...keyed,
  heading: z.string().optional(),
  figure: figureWithCaption.optional(),
  body: portableText.optional(),
})

export const articleUpdate = z.looseObject({
  _type: z.literal('articleUpdate'),
  ...keyed,
  number: z.number().int().positive(),
  at: storedTime,
  note: z.string(),
})

export const correction = z.looseObject({
  _type: z.literal('correction'),
  ...keyed,
  kind: z.enum(['correction', 'clarification']),
  at: storedTime,
  text: z.string(),
})

export const source = z.looseObject({
  _type: z.literal('source'),
  publisher: z.string().optional(),
  url: z.string().optional(),
  format: z.string().optional(),
  label: z.string().optional(),
  importId: z.string().optional(),
  importedAt: storedTime.optional(),
})

/** What the lake keeps of every document. */
export const stored = {
  _id: z.string().min(1),
  _rev: z.string().optional(),
  _createdAt: z.string().optional(),
  _updatedAt: z.string().optional(),
}

/** Where and when a story was reported; `date` is a day, YYYY-MM-DD. */
export const dateline = z.looseObject({
  _type: z.literal('dateline').optional(),
  place: z.string().optional(),
  date: z.string().optional(),
})

/** A story, live or draft; a draft may also hold what the Studio keeps for itself (uploads in flight). */
export const article = z.looseObject({
  ...stored,
  _type: z.literal('article'),
  headline: z.string().optional(),
  shortHeadline: z.string().optional(),
  slug: slug.optional(),
  previousSlugs: z.array(z.string()).optional(),
  standfirst: z.string().optional(),
  authors: z.array(keyedReference).optional(),
  byline: z.string().optional(),
  dateline: dateline.optional(),
  leadFigure: figureWithCaption.optional(),
  lede: portableText.optional(),
  sections: z.array(section).optional(),
  topics: z.array(keyedReference).optional(),
  language: z.string().optional(),
  priority: z.number().int().min(1).max(9).optional(),
  update: z.boolean().optional(),
  updates: z.array(articleUpdate).optional(),
  corrections: z.array(correction).optional(),
  killed: z.looseObject({at: storedTime, notice: z.string()}).optional(),
  firstPublishedAt: storedTime.optional(),
  lastUpdatedAt: storedTime.optional(),
  embargoUntil: storedTime.optional(),
  related: z.array(keyedReference).optional(),
  source: source.optional(),
})
export type Article = z.infer<typeof article>

export const leaseLevels = ['flash', 'breaking', 'developing'] as const
export type LeaseLevel = (typeof leaseLevels)[number]

/** A breaking-news item: a lease that ends by itself. */
export const breakingNews = z.looseObject({
  ...stored,
  _type: z.literal('breakingNews'),
  headline: z.string(),
  article: reference.nullish(),
  level: z.enum(leaseLevels),
  topics: z.array(keyedReference).nullish(),
  startsAt: storedTime,
  until: storedTime,
  endedAt: storedTime.nullish(),
  withdrawn: z.looseObject({at: storedTime, sentence: z.string()}).nullish(),
})
export type BreakingNews = z.infer<typeof breakingNews>

/** Where a story can stand, in the order it gets there. */
export const stages = stageList.map(({value}) => value)
export type Stage = (typeof stages)[number]

export const historyEntry = z.looseObject({
  _type: z.literal('historyEntry').optional(),
  ...keyed,
  at: storedTime,
  by: z.string(),
  action: z.string(),
  from: z.enum(stages).optional(),
  to: z.enum(stages),
  note: z.string().optional(),
  /** Whom the story was given to, and until when, where the entry tells of that. */
  assignee: z.string().optional(),
  dueAt: storedTime.optional(),
})

export const importQuestion = z.looseObject({
  _type: z.literal('importQuestion').optional(),
  ...keyed,
  question: z.string(),
  assumed: z.string(),
})

/**
 * What readers have seen of a story that is not before them now, kept where no editor writes: the next
 * publication goes on from it. While a story is live its published document says all this.
 */
export const storyRecord = z.looseObject({
  _type: z.literal('storyRecord').optional(),
  slug: slug.optional(),
  previousSlugs: z.array(z.string()).optional(),
  updates: z.array(articleUpdate).optional(),
  corrections: z.array(correction).optional(),
  firstPublishedAt: storedTime.optional(),
  lastUpdatedAt: storedTime.optional(),
})
export type StoryRecord = z.infer<typeof storyRecord>

/** Where a story stands, beside it at `editorial.<articleId>`, so that moving a story never edits it. */
export const editorialState = z.looseObject({
  ...stored,
  _type: z.literal('editorialState'),
  article: reference,
  stage: z.enum(stages),
  approvedRevision: z.string().optional(),
  change: z.literal('review').optional(),
  publishAt: storedTime.optional(),
  assignee: z.string().optional(),
  dueAt: storedTime.optional(),
  questions: z.array(importQuestion).optional(),
  lastFailure: z.string().optional(),
  record: storyRecord.optional(),
  history: z.array(historyEntry).optional(),
})
export type EditorialState = z.infer<typeof editorialState>

export const leaseLogEntry = z.looseObject({
  _type: z.literal('leaseLogEntry').optional(),
  ...keyed,
  at: storedTime,
  by: z.string(),
  did: z.enum(['plan', 'start', 'extend', 'end', 'withdraw', 'link', 'level']),
  until: storedTime.optional(),
  reason: z.string().optional(),
})

/** A lease's private log at `newsroom.lease.<breakingNewsId>`. */
export const breakingLog = z.looseObject({
  ...stored,
  _type: z.literal('breakingLog'),
  lease: reference,
  owner: z.string(),
  planned: z
    .looseObject({
      headline: z.string(),
      level: z.enum(leaseLevels),
      article: reference.optional(),
      topics: z.array(keyedReference).optional(),
      startsAt: storedTime,
      until: storedTime,
    })
    .optional(),
  givenUp: z.looseObject({headline: z.string(), level: z.enum(leaseLevels)}).optional(),
  log: z.array(leaseLogEntry),
})
export type BreakingLog = z.infer<typeof breakingLog>

/** Moved by every breaking transaction, at `newsroom.breakingDesk`. */
export const breakingDesk = z.looseObject({
  ...stored,
  _type: z.literal('breakingDesk'),
  changedAt: storedTime.optional(),
  changedBy: z.string().optional(),
})
export type BreakingDesk = z.infer<typeof breakingDesk>

/** What became of every line of an imported page, at `newsroom.receipt.<articleId>`; `lines` is JSON. */
export const importReceipt = z.looseObject({
  ...stored,
  _type: z.literal('importReceipt'),
  article: reference,
  importId: z.string().optional(),
  importedAt: storedTime.optional(),
  counts: z
    .looseObject({
      kept: z.number().int(),
      merged: z.number().int(),
      dropped: z.number().int(),
      unplaced: z.number().int(),
    })
    .optional(),
  lines: z.string(),
  /** Of what the import wrote: a story that differs was edited here since. */
  fingerprint: z.string().optional(),
})
export type ImportReceipt = z.infer<typeof importReceipt>

export const author = z.looseObject({
  ...stored,
  _type: z.literal('author'),
  name: z.string().optional(),
  slug: slug.optional(),
  role: z.string().optional(),
  portrait: image.optional(),
  bio: z.string().optional(),
})

export const topic = z.looseObject({
  ...stored,
  _type: z.literal('topic'),
  title: z.string().optional(),
  slug: slug.optional(),
  mediatopic: z.string().optional(),
})

/** A person's role on Sanity's hosted lake, at `newsroom.member.<userId>`. */
export const newsroomMember = z.looseObject({
  ...stored,
  _type: z.literal('newsroomMember'),
  name: z.string().optional(),
  role: z.enum(roleNames),
})

export const siteSettings = z.looseObject({
  ...stored,
  _type: z.literal('siteSettings'),
  title: z.string(),
  url: z.string().optional(),
  publisher: z.string().optional(),
  logo: image.optional(),
  breakingMinutes: z.number().positive().default(30),
  updateLabelHours: z.number().positive().default(24),
  timeZone: z.string().default('UTC'),
})
export type SiteSettings = z.infer<typeof siteSettings>

/** Ids of the documents that stand beside others, and of the singletons. */
export const documentId = {
  siteSettings: 'siteSettings',
  breakingDesk: 'newsroom.breakingDesk',
  webhooks: 'newsroom.webhooks',
  draft: (id: string): string => `drafts.${id}`,
  published: (id: string): string => id.replace(/^drafts\./, ''),
  member: (userId: string): string => `newsroom.member.${userId}`,
  editorialState: (articleId: string): string => `editorial.${articleId}`,
  lease: (breakingNewsId: string): string => `newsroom.lease.${breakingNewsId}`,
  receipt: (articleId: string): string => `newsroom.receipt.${articleId}`,
  delivery: (deliveryId: string): string => `newsroom.delivery.${deliveryId}`,
} as const
