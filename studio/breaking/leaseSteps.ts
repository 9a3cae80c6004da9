import type {SanityClient} from '@sanity/client'

import {endBreaking, extendBreaking, type LeaseRequest} from '../../editorial/breaking.ts'
import {changeLevel, giveUpPlan, linkBreaking, startEarly} from '../../editorial/planning.ts'
import type {LeaseLevel} from '../../editorial/documents.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {storedTimeOf} from '../../editorial/time.ts'
import {withdrawBreaking} from '../../editorial/withdrawing.ts'
import {transact} from '../publishing/publishStory.ts'
import {isRevisionConflict, isUnanswered, StudioError} from '../StudioError.ts'
import {mustBeAsSeen, type Reader} from './meanwhile.ts'
import {readStep, type StepAsRead} from './readStep.ts'

/** Who works at the breaking desk, and how they read names and times. */
export type Hands = Reader & {client: SanityClient}

/**
 * One breaking-news item and how it stood when the person decided: `seen` is the `_key` of the last line of its log.
 * With `undefined` every line passes: what protects people must not wait for who was faster.
 */
export type SeenLease = {leaseId: string; seen: string | undefined}

/** How often a step is taken again when somebody moved another item of the desk at the same moment. */
const attempts = 5

/** By how much one click extends breaking news, in minutes. */
export const extendMinutes = 30

/** Lets it run so many minutes longer. */
export async function extendLease(hands: Hands, item: SeenLease, minutes: number): Promise<void> {
  await take(hands, item, 'extend-breaking', (read) =>
    extendBreaking({...liveIn(hands, read), minutes}),
  )
}

/** Takes it down now. */
export async function endLease(hands: Hands, item: SeenLease): Promise<void> {
  await take(hands, item, 'end-breaking', (read) => endBreaking(liveIn(hands, read)))
}

/** Takes it back: `reason` for the log, `sentence` for readers. */
export async function withdrawLease(
  hands: Hands,
  item: SeenLease,
  words: {reason: string; sentence: string},
): Promise<void> {
  await take(hands, item, 'withdraw-breaking', (read) =>
    withdrawBreaking({...liveIn(hands, read), ...words}),
  )
}

/** Links it to a story, by the story's id. */
export async function linkLease(hands: Hands, item: SeenLease, storyId: string): Promise<void> {
  await take(hands, item, 'link-breaking', (read) =>
    linkBreaking({...liveIn(hands, read), article: {_id: storyId}, live: read.live}),
  )
}

/** Raises or lowers its level. */
export async function setLeaseLevel(
  hands: Hands,
  item: SeenLease,
  level: LeaseLevel,
): Promise<void> {
  await take(hands, item, 'breaking-level', (read) => changeLevel({...liveIn(hands, read), level}))
}

/** Puts a plan before readers now, for as long as was planned. */
export async function startPlannedLease(hands: Hands, item: SeenLease): Promise<void> {
  await take(hands, item, 'start-plan', ({log, live, deskRevision, now}) =>
    startEarly({log: log ?? gone(), live, deskRevision, now, by: hands.by}),
  )
}

/** Gives a plan up before its time; `reason` stands in the log. */
export async function giveUpPlannedLease(
  hands: Hands,
  item: SeenLease,
  reason: string,
): Promise<void> {
  await take(hands, item, 'give-up-plan', ({log, deskRevision, now}) =>
    giveUpPlan({log: log ?? gone(), deskRevision, now, by: hands.by, reason}),
  )
}

/**
 * Takes a step on an item as the lake has it now, in one transaction. Whoever moves *another* item at the same moment
 * only makes it be tried again. Throws `StudioError` when somebody moved *this* item after the person saw it
 * (`meanwhile`), when readers do not see it any more (`over`), and when no answer came (`unanswered`), each saying how
 * things stand; `EditorialError` for what the rules refuse; and the client's errors.
 */
async function take(
  hands: Hands,
  item: SeenLease,
  tag: string,
  step: (read: StepAsRead) => {mutations: Mutation[]},
): Promise<void> {
  let {seen} = item
  for (let attempt = 1; ; attempt += 1) {
    const read = await readStep(hands.client, item.leaseId)
    await mustBeAsSeen(hands, read, seen)
    const {mutations} = step(read)
    try {
      await transact(hands.client, mutations, tag)
      return
    } catch (error) {
      if (isUnanswered(error)) return await mustHaveHappened(hands, item, read)
      if (!isRevisionConflict(error) || attempt === attempts) throw error
      if (seen !== undefined) seen = lastKeyOf(read)
    }
  }
}

/** How long it is looked, in milliseconds, what became of a step whose answer was lost. */
const looks = [300, 1500]

/** After a lost answer: fine when the step stands in the item's log; otherwise says whether it did not happen. */
async function mustHaveHappened(
  hands: Hands,
  {leaseId}: SeenLease,
  before: StepAsRead,
): Promise<void> {
  let answered = false
  for (const wait of looks) {
    await new Promise((resolve) => setTimeout(resolve, wait))
    try {
      const after = await readStep(hands.client, leaseId)
      answered = true
      if (stepAt(before.now, hands.by, after)) return
    } catch (error) {
      if (!isUnanswered(error)) throw error
    }
  }
  throw new StudioError(
    'unanswered',
    answered
      ? 'The connection broke before this was done, and nothing was changed. Try it once more.'
      : 'No answer came back, so it is not certain whether this happened. Look at the desk: when the connection is back it shows how things stand.',
  )
}

/** Whether an item's log holds a step that this person took at exactly this time. */
function stepAt(at: Date, by: string, {log}: StepAsRead): boolean {
  return log?.log.some((line) => line.by === by && line.at === storedTimeOf(at)) ?? false
}

function lastKeyOf({log}: StepAsRead): string {
  return log?.log.at(-1)?._key ?? ''
}

function liveIn({by}: Hands, {lease, log, deskRevision, now}: StepAsRead): LeaseRequest {
  return {lease: lease ?? gone(), log, deskRevision, now, by}
}

function gone(): never {
  throw new StudioError('meanwhile', 'This breaking news is not there any more.')
}
