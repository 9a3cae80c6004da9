import {documentId, type Article, type EditorialState} from './documents.ts'
import {EditorialError} from './errors.ts'
import {guard, revisionOf, type DocumentToWrite, type Mutation} from './mutations.ts'
import {strengthened} from './references.ts'
import {latest, storedTimeOf} from './time.ts'
import {historyEntryOf, moveState, stageAfter, stageOf} from './workflow.ts'

/** The answer to the one question of publishing: what kind of change is this? */
export type PublicationAnswer =
  | {kind: 'first'}
  | {kind: 'silentFix'}
  | {kind: 'update'; note: string}
  | {kind: 'correction' | 'clarification'; text: string}
  | {kind: 'clearUpdateLabel'}

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

type PublicationFields = Pick<Article, (typeof publicationFields)[number]>

export type Publication = {
  /** The three documents as `/data/doc` returned them, revisions included. */
  draft?: Article | null | undefined
  live?: Article | null | undefined
  state?: EditorialState | null | undefined
  answer: PublicationAnswer
  /** The server's time, never a browser's: it decides what readers see. */
  now: Date
  /** User id of the editor, for the private history. */
  by: string
  /** Makes the `_key` of an array member; called once for each. */
  newKey: () => string
}

/**
 * Publishing as one transaction: the mutations of a single `/data/mutate` request, each document guarded
 * by the revision that was read, so that nothing is published when anyone changed anything meanwhile
 * (409, and none of it happened). The effects are those of the design's table "Publishing asks one
 * question". Throws `EditorialError` when a required field, the note or the text is missing, when the
 * answer does not fit where the story stands, or when a document carries no revision.
 */
export function publicationOf(publication: Publication): {mutations: Mutation[]} {
  const {answer} = publication
  if (answer.kind === 'first') return {mutations: firstPublication(publication)}
  if (answer.kind === 'clearUpdateLabel') return {mutations: clearedLabel(publication)}
  return {mutations: change(publication, answer)}
}

function firstPublication({draft, live, state, now, by, newKey}: Publication): Mutation[] {
  if (live) {
    throw new EditorialError(
      'alreadyLive',
      'This story is live already: somebody published it meanwhile. Close this dialog and publish again to say what kind of change yours is.',
    )
  }
  const story = readyToPublish(draft)
  const at = storedTimeOf(now)
  const from = stageOf(state, false)
  const entry = historyEntryOf({
    key: newKey(),
    at,
    by,
    action: 'publish',
    from,
    to: stageAfter('publish', from),
  })
  const fields: PublicationFields = {
    ...(story.update === undefined ? {} : {update: story.update}),
    firstPublishedAt: firstPublishedBefore(story, at) ?? at,
  }
  return [
    // `create`, not `createOrReplace`: it is the guard that nobody else published first.
    {create: published(story, undefined, fields)},
    guard(story),
    {delete: {id: story._id}},
    moveState({articleId: documentId.published(story._id), state, entry, clear: settled}),
  ]
}

/** An imported story was published elsewhere before; that is when its readers first saw it. */
function firstPublishedBefore(story: Article, at: string): string | undefined {
  const before = story.source?.importId ? story.firstPublishedAt : undefined
  return before !== undefined && before <= at ? before : undefined
}

function change(
  {draft, live, state, now, by, newKey}: Publication,
  answer: Exclude<PublicationAnswer, {kind: 'first' | 'clearUpdateLabel'}>,
): Mutation[] {
  const before = stillLive(live)
  const story = readyToPublish(draft)
  if (documentId.published(story._id) !== before._id) {
    throw new EditorialError('otherStory', 'The draft and the live story are not the same story.')
  }
  // A clock that was ahead once must not make a later change look older than an earlier one.
  const at = latest(storedTimeOf(now), before.lastUpdatedAt, before.firstPublishedAt)
  const fields = changedFields({before, story, answer, at, newKey})
  const from = stageOf(state, before)
  const entry = historyEntryOf({
    key: newKey(),
    at: storedTimeOf(now),
    by,
    action: 'republish',
    from,
    to: stageAfter('republish', from),
    note: historyNote(answer, fields),
  })
  return [
    guard(before),
    {createOrReplace: published(story, before, fields)},
    guard(story),
    {delete: {id: story._id}},
    moveState({articleId: before._id, state, entry, clear: settled}),
  ]
}

function clearedLabel({draft, live, state, now, by, newKey}: Publication): Mutation[] {
  const before = stillLive(live)
  const from = stageOf(state, before)
  const entry = historyEntryOf({
    key: newKey(),
    at: storedTimeOf(now),
    by,
    action: 'clearUpdateLabel',
    from,
    to: stageAfter('clearUpdateLabel', from),
  })
  return [
    {patch: {id: before._id, ifRevisionID: revisionOf(before), set: {update: false}}},
    // Guarded too: if the draft was published or discarded meanwhile, this is not what the editor saw.
    ...(draft
      ? [{patch: {id: draft._id, ifRevisionID: revisionOf(draft), set: {update: false}}}]
      : []),
    moveState({articleId: before._id, state, entry}),
  ]
}

/** What a publication settles in the story's state: nothing waits for approval, a date or a review any more. */
const settled = ['approvedRevision', 'change', 'publishAt', 'lastFailure'] as const

function changedFields(changing: {
  before: Article
  story: Article
  answer: Exclude<PublicationAnswer, {kind: 'first' | 'clearUpdateLabel'}>
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

function historyNote(answer: PublicationAnswer, fields: PublicationFields): string {
  switch (answer.kind) {
    case 'update':
      return `Update ${fields.updates?.at(-1)?.number}: ${answer.note.trim()}`
    case 'correction':
      return `Correction: ${answer.text.trim()}`
    case 'clarification':
      return `Clarification: ${answer.text.trim()}`
    default:
      return 'Silent fix'
  }
}

/** The old address stays known for redirects; an address that is taken up again is no former one. */
function formerSlugs(before: Article, story: Article): Pick<Article, 'previousSlugs'> {
  const former = before.slug?.current
  const current = story.slug?.current
  if (former === undefined || former === current) return {}
  const older = before.previousSlugs ?? []
  return {previousSlugs: [...older.filter((slug) => slug !== current && slug !== former), former]}
}

/** The live document: the draft's words, the live story's publication fields, references strong. */
function published(
  story: Article,
  before: Article | undefined,
  fields: PublicationFields,
): DocumentToWrite {
  const notContent = new Set<string>([...publicationFields, ...keptByLake])
  const content = Object.fromEntries(
    Object.entries(story).filter(([name]) => !notContent.has(name)),
  )
  const createdAt = before?._createdAt ?? story._createdAt
  const words = strengthened(content)
  return {
    ...(typeof words === 'object' ? words : {}),
    ...fields,
    _id: documentId.published(story._id),
    _type: 'article',
    ...(createdAt === undefined ? {} : {_createdAt: createdAt}),
  }
}

/** Attributes that the lake itself keeps, or that belong to the draft and not to the story. */
export const keptByLake = ['_id', '_type', '_rev', '_createdAt', '_updatedAt', '_system']

function pick(article: Article): PublicationFields {
  const present = publicationFields.filter((name) => article[name] !== undefined)
  return Object.fromEntries(present.map((name) => [name, article[name]]))
}

function stillLive(live: Article | null | undefined): Article {
  if (!live) {
    throw new EditorialError(
      'notLive',
      'This story is not live, so there is nothing to change. Publish it first.',
    )
  }
  if (live.killed) {
    throw new EditorialError(
      'killed',
      'This story was killed. Revive it before publishing it again.',
    )
  }
  return live
}

function readyToPublish(draft: Article | null | undefined): Article {
  if (!draft) {
    throw new EditorialError(
      'draftMissing',
      'There is no draft to publish. Somebody may have published or discarded it meanwhile.',
    )
  }
  const lacks = (sentence: string) => new EditorialError('fieldMissing', sentence)
  if (!draft.headline?.trim()) throw lacks('The headline is empty. Write one before publishing.')
  if (!draft.slug?.current.trim())
    throw lacks('The address (slug) is empty. Generate it from the headline before publishing.')
  if (!draft.lede?.some(saysSomething))
    throw lacks('The lede is empty. Write at least one paragraph before publishing.')
  if (!draft.language) throw lacks('The language is not set. Choose it before publishing.')
  return draft
}

function saysSomething(block: {_type: string; children?: unknown}): boolean {
  if (block._type !== 'block') return true
  return (
    Array.isArray(block.children) &&
    block.children.some((child: {text?: unknown}) => String(child.text ?? '').trim() !== '')
  )
}

function written(text: string, sentence: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw new EditorialError('noteMissing', sentence)
  return trimmed
}
