import {z} from 'zod'

import {
  article,
  documentId,
  editorialState,
  reference,
  storedTime,
  type Article,
  type EditorialState,
} from '../editorial/documents.ts'
import {publicationOf} from '../editorial/publishing.ts'
import {historyEntryOf, stateFor} from '../editorial/state.ts'
import type {CapturedStory} from './capture.ts'
import {digest} from './capture/identity.ts'
import {receiptCounts} from './capture/receipt.ts'

/** What an import leaves at `newsroom.receipt.<articleId>`. */
export const importReceipt = z.looseObject({
  _id: z.string(),
  _rev: z.string().optional(),
  _type: z.literal('importReceipt'),
  article: reference,
  importId: z.string(),
  importedAt: storedTime,
  counts: receiptCounts,
  /** The receipt's lines as JSON, one entry a line that is not blank. */
  lines: z.string(),
  /** What the import wrote, as `fingerprintOf` tells it: a story that differs was edited here since. */
  fingerprint: z.string(),
})
export type ImportReceipt = z.infer<typeof importReceipt>

/** The three documents of an imported story, exactly as they are written. */
export type StoryDocuments = {story: Article; state: EditorialState; receipt: ImportReceipt}

export type Importing = {
  publish: boolean
  now: Date
  /** User id of whoever imports, for the private history. */
  by: string
}

/**
 * The documents of a story that is not here yet: the article (a draft, or live when it is published at
 * once), where it stands with the importer's questions, and the receipt. Throws `EditorialError` when
 * it is to be published and lacks what publishing needs.
 */
export function storyDocuments(captured: CapturedStory, importing: Importing): StoryDocuments {
  const {article: written} = captured
  const id = written._id
  return {
    story: importing.publish
      ? publishedStory(written, importing)
      : {...written, _id: documentId.draft(id)},
    state: stateFor(id, {
      stage: importing.publish ? 'live' : 'draft',
      questions: captured.questions,
      history: [importEntry(captured, importing, importing.publish ? 'live' : 'draft')],
    }),
    receipt: receiptOf(captured, importing.now),
  }
}

/** The line of the story's history that tells of the import. */
export function importEntry(
  captured: CapturedStory,
  {now, by}: Pick<Importing, 'now' | 'by'>,
  to: EditorialState['stage'],
) {
  const {importId} = captured.article.source ?? {}
  const at = now.toISOString()
  return historyEntryOf({
    key: digest(`${captured.article._id} import ${at}`, 12),
    at,
    by,
    action: 'import',
    to,
    note: `From the capture ${importId}`,
  })
}

export function receiptOf(captured: CapturedStory, now: Date): ImportReceipt {
  const {article: written, receipt} = captured
  return {
    _id: documentId.receipt(written._id),
    _type: 'importReceipt',
    article: {_type: 'reference', _ref: written._id, _weak: true},
    importId: written.source?.importId ?? '',
    importedAt: now.toISOString(),
    counts: receipt.counts,
    lines: JSON.stringify(receipt.lines),
    fingerprint: fingerprintOf(written),
  }
}

/** What the lake, publishing or the import's own clock writes: no edit of the text shows in these. */
const notText = new Set([
  'slug',
  'update',
  'updates',
  'corrections',
  'firstPublishedAt',
  'lastUpdatedAt',
  'previousSlugs',
])

/** A hash of the text and all that editors set on a story; the same for its draft and its live version. */
export function fingerprintOf(story: Article): string {
  const {importedAt: _importedAt, ...source} = story.source ?? {}
  const text = Object.entries({...story, source}).filter(
    ([name]) => !name.startsWith('_') && !notText.has(name),
  )
  return digest(canonical(Object.fromEntries(text)), 32)
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined && member !== null)
    .sort(([first], [second]) => (first < second ? -1 : 1))
  return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}

/** The live story as the rules of publishing make it; a story that was published elsewhere keeps its day. */
function publishedStory(story: Article, {now, by}: Importing): Article {
  const {mutations} = publicationOf({
    draft: {...story, _id: documentId.draft(story._id), _rev: 'import'},
    live: null,
    state: null,
    answer: {kind: 'now', reason: 'Imported'},
    now,
    by,
    role: 'administrator',
    newKey: () => 'import',
  })
  const created = mutations.flatMap((mutation) =>
    'create' in mutation && mutation.create._type === 'article' ? [mutation.create] : [],
  )
  return article.parse(created[0])
}

/** Parses what the lake answered for the three ids of a story; absent ones are null. */
export const knownDocuments = z.object({
  draft: article.nullish(),
  live: article.nullish(),
  state: editorialState.nullish(),
  receipt: importReceipt.nullish(),
  /** Other stories that use the slug, or did. */
  sameSlug: z.array(z.string()),
})
export type KnownDocuments = z.infer<typeof knownDocuments>
