import {stepOf, storyOf, type Asking} from './asking.ts'
import {documentId, type Article} from './documents.ts'
import {EditorialError} from './errors.ts'
import {moveDesk} from './leaseLog.ts'
import {guard, type DocumentToWrite, type Mutation} from './mutations.ts'
import {contentOf, recordOf} from './publicationFields.ts'
import {moveState, settled} from './state.ts'
import {storedTimeOf} from './time.ts'
import {withdrawAll, type LeaseAsRead} from './withdrawing.ts'

/** The leases that point at the story, planned ones too, and the breaking desk's revision. */
export type Leases = {leases: readonly LeaseAsRead[]; deskRevision?: string | null | undefined}

/**
 * Kills a story, in one transaction. A live one becomes a tombstone (its address, its language and the notice
 * for readers), the leases on it are withdrawn, and its text stays in the draft, which is made from the live
 * text when there is none. What readers had seen is kept in its state. A story that readers never saw gets
 * neither page nor notice: only its stage changes. Nobody who types holds a kill up: the draft has to be
 * there, at whatever revision.
 * Throws `EditorialError` with the sentence why the workflow does not allow it.
 */
export function killOf(
  asking: Asking &
    Leases &
    ({notice: string} | {reason: string}) & {
      /** What readers are told in the place of a banner that is withdrawn with the story; else the notice. */
      sentence?: string | undefined
    },
): {mutations: Mutation[]} {
  const {draft, live, state, now, by, leases, deskRevision} = asking
  const words = {
    notice: 'notice' in asking ? asking.notice : '',
    reason: 'reason' in asking ? asking.reason : '',
  }
  const entry = stepOf(asking, 'kill', words, {note: live ? words.notice : words.reason})
  const articleId = storyOf(asking)
  const withdrawals = withdrawAll(leases, {
    now,
    by,
    reason: 'The story was killed.',
    sentence: asking.sentence?.trim() || words.notice || 'This news was withdrawn.',
  })
  return {
    mutations: [
      ...(live ? buried(live, {at: storedTimeOf(now), notice: words.notice.trim()}) : []),
      ...(live ? [textKept(live, draft)] : []),
      ...withdrawals,
      ...(withdrawals.length > 0 ? [moveDesk(deskRevision, now, by)] : []),
      moveState({
        articleId,
        state,
        entry,
        set: live ? {record: recordOf(live)} : {},
        clear: settled,
      }),
    ],
  }
}

/**
 * Brings a killed story back as a draft, with what readers had seen of it kept for its next publication. The
 * notice goes with the tombstone: nothing stands at the address until the story is published again.
 * Throws `EditorialError` with the sentence why the workflow does not allow it.
 */
export function reviveOf(asking: Asking & {reason: string}): {mutations: Mutation[]} {
  const {live, state, reason} = asking
  const entry = stepOf(asking, 'revive', {reason})
  const articleId = storyOf(asking)
  return {
    mutations: [
      ...(live ? [guard(live), {delete: {id: live._id}}] : []),
      moveState({articleId, state, entry, clear: settled}),
    ],
  }
}

/**
 * Takes a live story off the site without a notice, in one transaction. Its text stays in the draft, what
 * readers had seen in its state. Refused while a live lease sends readers to it.
 * Throws `EditorialError` with the sentence why the workflow does not allow it.
 */
export function unpublicationOf(
  asking: Asking & {reason: string; leases: readonly LeaseAsRead[]},
): {mutations: Mutation[]} {
  const {draft, live, state, reason} = asking
  const leases = asking.leases.flatMap(({lease}) => (lease ? [lease] : []))
  const entry = stepOf(asking, 'unpublish', {reason, leases})
  const articleId = storyOf(asking)
  if (!live) throw new EditorialError('notLive', 'This story is not live, so it is off the site.')
  return {
    mutations: [
      guard(live),
      textKept(live, draft),
      {delete: {id: live._id}},
      moveState({articleId, state, entry, set: {record: recordOf(live)}, clear: settled}),
    ],
  }
}

/** What is left in public of a killed story: nothing of its text. */
function buried(live: Article, killed: {at: string; notice: string}): Mutation[] {
  const {_id, _createdAt, slug, previousSlugs, language} = live
  const tombstone: DocumentToWrite = {
    ...present({_createdAt, slug, previousSlugs, language}),
    _id,
    _type: 'article',
    killed,
  }
  return [guard(live), {createOrReplace: tombstone}]
}

/**
 * The text stays: a draft that is there must still be there, and one that is not is made from the live text.
 * Its former addresses stay with it, so that nobody takes them meanwhile.
 */
function textKept(live: Article, draft: Article | null | undefined): Mutation {
  if (draft) return {patch: {id: draft._id, unset: ['_revisionGuard']}}
  const {_createdAt, previousSlugs} = live
  return {
    create: {
      ...contentOf(live),
      ...present({_createdAt, previousSlugs}),
      _id: documentId.draft(live._id),
      _type: 'article',
    },
  }
}

function present(fields: {[name: string]: unknown}): {[name: string]: unknown} {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
