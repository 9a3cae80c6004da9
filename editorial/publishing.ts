import {mustBeAllowed} from './allowed.ts'
import {factsOf, stageAsRead, stepOf, storyOf, type Asking} from './asking.ts'
import {documentId, type Article} from './documents.ts'
import {EditorialError} from './errors.ts'
import {guard, revisionOf, type DocumentToWrite, type Mutation} from './mutations.ts'
import {
  changedFields,
  contentOf,
  firstFields,
  type ChangeAnswer,
  type PublicationFields,
} from './publicationFields.ts'
import {strengthened} from './references.ts'
import {moveState, settled} from './state.ts'
import {latest, storedTimeOf} from './time.ts'

/** How a story goes before readers: for the first time in one of three ways, or as one of four kinds of change. */
export type PublicationAnswer =
  /** The text that was approved. */
  | {kind: 'first'}
  /** Without a review. */
  | {kind: 'now'; reason: string}
  /** By the worker, at the time that an editor chose; `note` tells of a delay. */
  | {kind: 'scheduled'; note?: string | undefined}
  | ChangeAnswer
  | {kind: 'clearUpdateLabel'}

export type Publication = Asking & {answer: PublicationAnswer}

/**
 * Publishing as one transaction: the mutations of a single `/data/mutate` request, each document guarded
 * by the revision that was read, so that nothing is published when anyone changed anything meanwhile
 * (409, and none of it happened). The effects are those of the design's table "Publishing asks one
 * question". Throws `EditorialError` when the workflow does not allow it, when a required field, the note,
 * the reason or the text is missing, or when a document carries no revision.
 */
export function publicationOf(publication: Publication): {mutations: Mutation[]} {
  const {answer} = publication
  switch (answer.kind) {
    case 'first':
    case 'now':
    case 'scheduled':
      return {mutations: firstPublication(publication, answer)}
    case 'clearUpdateLabel':
      return {mutations: clearedLabel(publication)}
    default:
      return {mutations: change(publication, answer)}
  }
}

const firstActions = {first: 'publish', now: 'publishNow', scheduled: 'publishScheduled'} as const

function firstPublication(
  asking: Asking,
  answer: Extract<PublicationAnswer, {kind: keyof typeof firstActions}>,
): Mutation[] {
  const {draft, live, state, now} = asking
  if (live && !live.killed) {
    throw new EditorialError(
      'alreadyLive',
      'This story is live already: somebody published it meanwhile. Close this dialog and publish again to say what kind of change yours is.',
    )
  }
  if (live) throw killedStory()
  const articleId = storyOf(asking)
  const entry = stepOf(
    asking,
    firstActions[answer.kind],
    answer.kind === 'now' ? {reason: answer.reason} : {},
    answer.kind === 'scheduled' ? {note: answer.note} : {},
  )
  const story = readyToPublish(draft)
  const fields = firstFields(story, state?.record, storedTimeOf(now))
  return [
    // `create`, not `createOrReplace`: it is the guard that nobody else published first.
    {create: published(story, undefined, fields)},
    guard(story),
    {delete: {id: story._id}},
    moveState({
      articleId,
      state,
      entry,
      clear: [...settled, ...(state?.record ? ['record' as const] : [])],
    }),
  ]
}

function change(asking: Asking, answer: ChangeAnswer): Mutation[] {
  const {draft, live, state, now, newKey} = asking
  const before = stillLive(live)
  const articleId = storyOf(asking)
  mustBeAllowed(stageAsRead(asking), asking.role, 'republish', factsOf(asking))
  const story = readyToPublish(draft)
  // A clock that was ahead once must not make a later change look older than an earlier one.
  const at = latest(storedTimeOf(now), before.lastUpdatedAt, before.firstPublishedAt)
  const fields = changedFields({before, story, answer, at, newKey})
  const entry = stepOf(asking, 'republish', {}, {note: historyNote(answer, fields)})
  return [
    guard(before),
    {createOrReplace: published(story, before, fields)},
    guard(story),
    {delete: {id: story._id}},
    moveState({articleId, state, entry, clear: settled}),
  ]
}

function clearedLabel(asking: Asking): Mutation[] {
  const {draft, live, state} = asking
  const before = stillLive(live)
  const entry = stepOf(asking, 'clearUpdateLabel')
  return [
    {patch: {id: before._id, ifRevisionID: revisionOf(before), set: {update: false}}},
    // Guarded too: if the draft was published or discarded meanwhile, this is not what the editor saw.
    ...(draft
      ? [{patch: {id: draft._id, ifRevisionID: revisionOf(draft), set: {update: false}}}]
      : []),
    moveState({articleId: storyOf(asking), state, entry}),
  ]
}

function historyNote(answer: ChangeAnswer, fields: PublicationFields): string {
  switch (answer.kind) {
    case 'update':
      return `Update ${fields.updates?.at(-1)?.number}: ${answer.note.trim()}`
    case 'correction':
      return `Correction: ${answer.text.trim()}`
    case 'clarification':
      return `Clarification: ${answer.text.trim()}`
    case 'silentFix':
      return 'Silent fix'
    default:
      return answer satisfies never
  }
}

/** The live document: the draft's words, the live story's publication fields, references strong. */
function published(
  story: Article,
  before: Article | undefined,
  fields: PublicationFields,
): DocumentToWrite {
  const createdAt = before?._createdAt ?? story._createdAt
  const words = strengthened(contentOf(story))
  return {
    ...(typeof words === 'object' ? words : {}),
    ...fields,
    _id: documentId.published(story._id),
    _type: 'article',
    ...(createdAt === undefined ? {} : {_createdAt: createdAt}),
  }
}

function stillLive(live: Article | null | undefined): Article {
  if (!live) {
    throw new EditorialError(
      'notLive',
      'This story is not live, so there is nothing to change. Publish it first.',
    )
  }
  if (live.killed) throw killedStory()
  return live
}

function killedStory(): EditorialError {
  return new EditorialError(
    'killed',
    'This story was killed. Revive it before publishing it again.',
  )
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
