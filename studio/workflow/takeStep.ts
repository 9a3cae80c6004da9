import type {SanityClient} from '@sanity/client'

import type {Asking} from '../../editorial/asking.ts'
import {moveOf} from '../../editorial/moves.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {publicationOf} from '../../editorial/publishing.ts'
import type {RoleName} from '../../editorial/roles.ts'
import {killOf, reviveOf, unpublicationOf} from '../../editorial/takingDown.ts'
import {readLeasesOf, type LeasesOfStory} from '../breaking/leasesOf.ts'
import {changesFrom} from '../publishing/changesSince.ts'
import {colleagueSilence} from '../publishing/colleagueSilence.ts'
import {newKey, transactOnStory, type StoryOutcome} from '../publishing/publishStory.ts'
import {readStory} from '../publishing/storyAsRead.ts'
import type {Revisions} from './storyDesk.ts'
import type {StoryStep} from './storySteps.ts'

/** What a dialog was told. */
export type Answers = {
  note?: string
  reason?: string
  notice?: string
  /** For readers, in the place of a banner that a kill takes away. */
  sentence?: string
  /** In the stored form. */
  at?: string
}

/** Every step but the publication of a change, which asks a question of its own (`PublishChangeDialog`). */
export type PlainStep = Exclude<StoryStep, 'republish'>

/**
 * Takes a step of the workflow in one transaction, on the story as the lake has it now. Nothing happens when
 * somebody moved or published the story after the person saw it, or, where the step speaks of a text (an
 * approval), changed that text. Throws `EditorialError` for what the rules refuse, and the client's errors.
 */
export async function takeStep({
  client,
  articleId,
  step,
  answers,
  seen,
  by,
  role,
  errors,
  timeZone,
  wanted,
}: {
  client: SanityClient
  articleId: string
  step: PlainStep
  answers: Answers
  /** The revisions that the person saw. */
  seen: Revisions
  by: string
  role: RoleName
  errors: readonly string[]
  timeZone: string
  /** Aborted when the step is not wanted any more. */
  wanted?: AbortSignal | undefined
}): Promise<StoryOutcome> {
  if (takesDraftAway.has(step)) await colleagueSilence(client, articleId, by, wanted)
  const [asRead, leases] = await Promise.all([
    readStory(client, articleId),
    takesDown.has(step) ? readLeasesOf(client, articleId) : none,
  ])
  const watched = speaksOfText.has(step) ? seen : {...seen, draft: asRead.draft?._rev}
  const changes = await changesFrom(client, articleId, watched, asRead)
  if (changes.length > 0) return {kind: 'meanwhile', changes}
  const asking = {...asRead, by, role, errors, timeZone, newKey}
  const mutations = mutationsOf(asking, step, answers, leases)
  return await transactOnStory({client, articleId, asRead, mutations, tag: step})
}

/** Steps that judge the text on screen, which therefore has to be the lake's. */
export const speaksOfText: ReadonlySet<StoryStep> = new Set<StoryStep>([
  'approve',
  'publish',
  'publishNow',
  'schedule',
])

/** Steps after which there is no draft any more that a colleague could go on writing in. */
const takesDraftAway = new Set<StoryStep>(['publish', 'publishNow'])

/** Steps that take a story from readers, and have to know which breaking news leads to it. */
const takesDown = new Set<StoryStep>(['kill', 'unpublish'])

const none: LeasesOfStory = {leases: [], deskRevision: undefined}

function mutationsOf(
  asking: Asking,
  step: PlainStep,
  {note = '', reason = '', notice, sentence, at = ''}: Answers,
  leases: LeasesOfStory,
): Mutation[] {
  switch (step) {
    case 'submit':
    case 'approve':
    case 'unschedule':
      return moveOf(asking, {action: step}).mutations
    case 'return':
    case 'submitChange':
    case 'returnChange':
      return moveOf(asking, {action: step, note}).mutations
    case 'schedule':
      return moveOf(asking, {action: 'schedule', at}).mutations
    case 'publish':
      return publicationOf({...asking, answer: {kind: 'first'}}).mutations
    case 'publishNow':
      return publicationOf({...asking, answer: {kind: 'now', reason}}).mutations
    case 'clearUpdateLabel':
      return publicationOf({...asking, answer: {kind: 'clearUpdateLabel'}}).mutations
    case 'unpublish':
      return unpublicationOf({...asking, ...leases, reason}).mutations
    case 'kill':
      return killOf({
        ...asking,
        ...leases,
        sentence,
        ...(notice === undefined ? {reason} : {notice}),
      }).mutations
    case 'revive':
      return reviveOf({...asking, reason}).mutations
    default:
      return step satisfies never
  }
}
