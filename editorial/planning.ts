import {
  bannerHeadline,
  checkLength,
  mustBeLive,
  levelTitles,
  liveLeaseOf,
  type BreakingRequest,
  type LeaseRequest,
} from './breaking.ts'
import {documentId, type BreakingLog, type BreakingNews, type LeaseLevel} from './documents.ts'
import {EditorialError} from './errors.ts'
import {logged, loggedAsGivenUp, loggedWithoutPlan, moveDesk, newLog} from './leaseLog.ts'
import {revisionOf, type Mutation} from './mutations.ts'
import {weakReference} from './references.ts'
import {clockTime, minute, storedTimeOf} from './time.ts'

/**
 * Plans breaking news that starts later: only its private log is written, with the plan; the worker makes the
 * public lease at `startsAt`. Throws `EditorialError` when the headline is empty or too long, the length is
 * not 1 to 720 minutes, or the start is not ahead.
 */
export function planBreaking(request: Omit<BreakingRequest, 'live'> & {startsAt: Date}): {
  mutations: Mutation[]
} {
  const {article, level, topics = [], minutes, now, by, leaseId, deskRevision, startsAt} = request
  const headline = bannerHeadline(request.headline)
  checkLength(minutes)
  if (startsAt.getTime() <= now.getTime()) {
    throw new EditorialError(
      'refused',
      'This time has passed. Choose a later one, or break the story now.',
    )
  }
  const until = storedTimeOf(new Date(startsAt.getTime() + minutes * minute))
  const planned = {
    headline,
    level,
    ...(article ? {article: weakReference(documentId.published(article._id))} : {}),
    ...(topics.length === 0
      ? {}
      : {topics: topics.map((topic) => ({...weakReference(topic), _key: topic}))}),
    startsAt: storedTimeOf(startsAt),
    until,
  }
  const line = {at: storedTimeOf(now), by, did: 'plan' as const, until}
  return {
    mutations: [{create: newLog(leaseId, by, line, planned)}, moveDesk(deskRevision, now, by)],
  }
}

/** A planned lease as it was read, and what it is measured against. */
export type PlanRequest = {
  log: BreakingLog
  deskRevision: string | null | undefined
  now: Date
  by: string
}

/**
 * Carries a plan out when its time has come: the public lease, a line in its log, the desk. A plan whose end
 * has passed, whose story is up as breaking news already, or of whose story it may not speak (`refusal`), is given up, and
 * the log says why. Throws `EditorialError` (`refused`) when there is no plan or its time has not come.
 */
export function startPlanned(
  request: PlanRequest & {live: readonly BreakingNews[]; refusal?: string | undefined},
): {
  started: boolean
  mutations: Mutation[]
} {
  const {log, deskRevision, now, by, live, refusal} = request
  const {planned} = log
  const at = storedTimeOf(now)
  if (!planned) throw new EditorialError('refused', 'Nothing is planned here any more.')
  if (at < planned.startsAt) {
    throw new EditorialError(
      'refused',
      `“${planned.headline}” starts at ${clockTime(planned.startsAt)}. Break the story yourself to have it up before.`,
    )
  }
  const already = liveLeaseOf(planned.article?._ref, live, now) !== undefined
  if (already || planned.until <= at || refusal !== undefined) {
    const reason = already
      ? 'The story was up as breaking news already.'
      : (refusal ?? 'Its end had passed before it could start.')
    return {started: false, mutations: givenUp(request, reason)}
  }
  const {until} = planned
  return {
    started: true,
    mutations: [
      // It starts when readers see it: after an outage later than planned, and never longer.
      plannedLease(log.lease._ref, planned, at, until),
      loggedWithoutPlan(log, {at, by, did: 'start', until}),
      moveDesk(deskRevision, now, by),
    ],
  }
}

/**
 * Carries a plan out before its time, because somebody says so: as long as was planned, from now. Throws
 * `EditorialError` when nothing is planned (`refused`) or its story has a live lease (`alreadyBreaking`).
 */
export function startEarly(request: PlanRequest & {live: readonly BreakingNews[]}): {
  mutations: Mutation[]
} {
  const {log, deskRevision, now, by, live} = request
  const {planned} = log
  if (!planned) throw new EditorialError('refused', 'Nothing is planned here any more.')
  const already = liveLeaseOf(planned.article?._ref, live, now)
  if (already) {
    throw new EditorialError(
      'alreadyBreaking',
      `Its story is up as “${levelTitles[already.level]}” until ${clockTime(already.until)}. Extend that instead of adding a second one.`,
    )
  }
  const at = storedTimeOf(now)
  const length = Date.parse(planned.until) - Date.parse(planned.startsAt)
  const until = storedTimeOf(new Date(now.getTime() + length))
  return {
    mutations: [
      plannedLease(log.lease._ref, planned, at, until),
      loggedWithoutPlan(log, {at, by, did: 'start', until}),
      moveDesk(deskRevision, now, by),
    ],
  }
}

function plannedLease(
  id: string,
  {headline, level, article, topics}: NonNullable<BreakingLog['planned']>,
  startsAt: string,
  until: string,
): Mutation {
  return {
    create: {
      _id: id,
      _type: 'breakingNews',
      headline,
      level,
      ...(article ? {article} : {}),
      ...(topics ? {topics} : {}),
      startsAt,
      until,
    },
  }
}

/** Gives a plan up before its time; readers never hear of it. Throws `EditorialError` for an empty reason. */
export function giveUpPlan(request: PlanRequest & {reason: string}): {mutations: Mutation[]} {
  if (!request.log.planned) {
    throw new EditorialError('refused', 'Nothing is planned here any more.')
  }
  if (request.reason.trim() === '') {
    throw new EditorialError('noteMissing', 'Say why it is given up; the reason stands in the log.')
  }
  return {mutations: givenUp(request, request.reason.trim())}
}

function givenUp({log, deskRevision, now, by}: PlanRequest, reason: string): Mutation[] {
  const line = {at: storedTimeOf(now), by, did: 'withdraw' as const, reason}
  return [loggedAsGivenUp(log, line), moveDesk(deskRevision, now, by)]
}

/**
 * Links a flash to its story, or a lease to another one. Throws `EditorialError` when the lease is over
 * (`leaseOver`) or the story has a live lease already (`alreadyBreaking`).
 */
export function linkBreaking(
  request: LeaseRequest & {article: {_id: string}; live: readonly BreakingNews[]},
): {mutations: Mutation[]} {
  const {lease, log, deskRevision, now, by, live} = request
  mustBeLive(lease, now)
  const story = documentId.published(request.article._id)
  const others = live.filter(({_id}) => _id !== lease._id)
  const other = liveLeaseOf(story, others, now)
  if (other) {
    throw new EditorialError(
      'alreadyBreaking',
      `This story is up as “${levelTitles[other.level]}” until ${clockTime(other.until)}. End one of the two.`,
    )
  }
  const set = {article: weakReference(story)}
  return {
    mutations: [
      {patch: {id: lease._id, ifRevisionID: revisionOf(lease), set}},
      logged(lease, log, {at: storedTimeOf(now), by, did: 'link', reason: `To ${story}`}),
      moveDesk(deskRevision, now, by),
    ],
  }
}

/** Raises or lowers a live lease's level. Throws `EditorialError` (`leaseOver`) when it is over. */
export function changeLevel(request: LeaseRequest & {level: LeaseLevel}): {mutations: Mutation[]} {
  const {lease, log, deskRevision, now, by, level} = request
  mustBeLive(lease, now)
  const reason = `${levelTitles[lease.level]} → ${levelTitles[level]}`
  return {
    mutations: [
      {patch: {id: lease._id, ifRevisionID: revisionOf(lease), set: {level}}},
      logged(lease, log, {at: storedTimeOf(now), by, did: 'level', reason}),
      moveDesk(deskRevision, now, by),
    ],
  }
}
