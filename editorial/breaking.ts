import {characters} from '../schemas/validation/text.ts'
import {documentId, type BreakingLog, type BreakingNews, type LeaseLevel} from './documents.ts'
import {EditorialError} from './errors.ts'
import {logged, moveDesk, newLog} from './leaseLog.ts'
import {revisionOf, type Mutation} from './mutations.ts'
import {weakReference} from './references.ts'
import {clockTime, minute, storedTimeOf} from './time.ts'

/** What decides whether a lease is live; queries answer `null` for what is missing. */
export type LeaseTimes = {
  startsAt: string
  until: string
  endedAt?: string | null | undefined
  withdrawn?: object | null | undefined
}

/** A lease ends within twelve hours: a newsroom that needs longer has a story, not breaking news. */
export const longestLeaseMinutes = 12 * 60
export const shortestLeaseMinutes = 1
export const longestLeaseHeadline = 100

/** What readers read over the banner, by level. */
export const levelTitles: Record<LeaseLevel, string> = {
  flash: 'Flash',
  breaking: 'Breaking News',
  developing: 'Developing',
}

/** The most urgent first. */
const urgency: Record<LeaseLevel, number> = {flash: 0, breaking: 1, developing: 2}

/**
 * Whether a lease is before readers at `now`: from `startsAt` (included) to `until` (excluded), unless it
 * was ended or withdrawn. `liveLeaseFilter` is the same rule in GROQ.
 */
export function isLive(lease: LeaseTimes, now: Date): boolean {
  const instant = storedTimeOf(now)
  return standing(lease) && lease.startsAt <= instant && instant < lease.until
}

/** The one rule for "live" in GROQ. `$now` is a stored time. */
export const liveLeaseFilter =
  'startsAt <= $now && $now < until && !defined(endedAt) && !defined(withdrawn)'

/** The live leases as readers see them: flash before breaking before developing, then the newest. */
export function liveLeases<Lease extends LeaseTimes & {level: LeaseLevel; _id?: string}>(
  leases: readonly Lease[],
  now: Date,
): Lease[] {
  return leases
    .filter((lease) => isLive(lease, now))
    .sort(
      (one, other) =>
        urgency[one.level] - urgency[other.level] ||
        compare(other.startsAt, one.startsAt) ||
        compare(one._id ?? '', other._id ?? ''),
    )
}

/**
 * The next instant after `now` at which the list of live leases changes by itself, so that a page or a
 * timer can wait for exactly that; `undefined` when it stays as it is.
 */
export function nextEdge(leases: readonly LeaseTimes[], now: Date): Date | undefined {
  const instant = storedTimeOf(now)
  const edges = leases
    .filter((lease) => standing(lease) && lease.startsAt < lease.until)
    .flatMap((lease) => [lease.startsAt, lease.until])
    .filter((edge) => edge > instant)
  return edges.length === 0 ? undefined : new Date(edges.reduce((a, b) => (a < b ? a : b)))
}

export type BreakingRequest = {
  /** The story, or nothing when the flash goes out before there is one. */
  article?: {_id: string} | null | undefined
  headline: string
  level: LeaseLevel
  /** Ids of topics. */
  topics?: readonly string[]
  /** How long, in minutes: 1 to 720. */
  minutes: number
  now: Date
  by: string
  /** Made once by the dialog and kept for retries: it is the new document's id. */
  leaseId: string
  /** Revision of `newsroom.breakingDesk` that the dialog saw; absent when there is no desk yet. */
  deskRevision: string | null | undefined
  /** The leases that the dialog showed. */
  live: readonly ShownLease[]
}

/** As much of a lease as tells whether its story is up already. */
export type ShownLease = LeaseTimes & {
  _id: string
  level: LeaseLevel
  article?: {_ref: string} | null | undefined
}

/** The lease by which a story is up as breaking news at `now`, if it is about a story at all. */
export function liveLeaseOf<Lease extends ShownLease>(
  story: string | undefined,
  leases: readonly Lease[],
  now: Date,
): Lease | undefined {
  if (story === undefined) return undefined
  return liveLeases(leases, now).find(({article}) => article?._ref === story)
}

/**
 * Puts breaking news before readers: the mutations of one transaction that makes the public lease and its
 * private log and moves the breaking desk. Sent twice with one `leaseId`, the second fails (409, the
 * document exists) and changes nothing; with a desk that somebody else moved meanwhile it fails too.
 * Throws `EditorialError` when the headline is empty or too long, the length is not 1 to 720 minutes, the
 * story has a live lease already, or the id would not be public.
 */
export function breakStory(request: BreakingRequest): {mutations: Mutation[]} {
  const {article, level, topics = [], minutes, now, by, leaseId, deskRevision, live} = request
  const headline = bannerHeadline(request.headline)
  const articleId = article ? documentId.published(article._id) : undefined
  checkLength(minutes)
  if (leaseId.includes('.')) {
    throw new EditorialError(
      'idNotPublic',
      `Breaking news cannot have the id "${leaseId}": readers never see a document with a dot in its id.`,
    )
  }
  const already = liveLeaseOf(articleId, live, now)
  if (already) {
    throw new EditorialError(
      'alreadyBreaking',
      `This story is up as “${levelTitles[already.level]}” until ${clockTime(already.until)}. Extend that instead of adding a second one.`,
    )
  }
  const startsAt = storedTimeOf(now)
  const until = storedTimeOf(new Date(now.getTime() + minutes * minute))
  return {
    mutations: [
      {
        create: {
          _id: leaseId,
          _type: 'breakingNews',
          headline,
          ...(articleId === undefined ? {} : {article: weakReference(articleId)}),
          level,
          ...(topics.length === 0
            ? {}
            : {topics: topics.map((topic) => ({...weakReference(topic), _key: topic}))}),
          startsAt,
          until,
        },
      },
      {create: newLog(leaseId, by, {at: startsAt, by, did: 'start', until})},
      moveDesk(deskRevision, now, by),
    ],
  }
}

/** What a click on a live lease starts from: the documents as they were read, and the desk's revision. */
export type LeaseRequest = {
  lease: BreakingNews
  log: BreakingLog | null | undefined
  deskRevision: string | null | undefined
  now: Date
  by: string
}

/**
 * Takes a lease down now: the mutations of one transaction over lease, log and desk. Sent twice, the
 * second fails (409) on the lease's revision. Throws `EditorialError` (`leaseOver`) when it is over already.
 */
export function endBreaking(request: LeaseRequest): {mutations: Mutation[]} {
  const {lease, log, deskRevision, now, by} = request
  const at = storedTimeOf(now)
  mustBeLive(lease, now)
  return {
    mutations: [
      {patch: {id: lease._id, ifRevisionID: revisionOf(lease), set: {endedAt: at}}},
      logged(lease, log, {at, by, did: 'end'}),
      moveDesk(deskRevision, now, by),
    ],
  }
}

/**
 * Lets a live lease run `minutes` longer, but never past twelve hours from its start.
 * Throws `EditorialError` when it is over already (`leaseOver`) or is at its longest (`leaseLength`).
 */
export function extendBreaking(request: LeaseRequest & {minutes: number}): {
  mutations: Mutation[]
} {
  const {lease, log, deskRevision, now, by, minutes} = request
  const at = storedTimeOf(now)
  mustBeLive(lease, now)
  const until = extendedUntil(lease, minutes)
  if (until <= lease.until) {
    throw new EditorialError(
      'leaseLength',
      'Breaking news ends after 12 hours at the latest. End this one and break the story again if it still is news.',
    )
  }
  return {
    mutations: [
      {patch: {id: lease._id, ifRevisionID: revisionOf(lease), set: {until}}},
      logged(lease, log, {at, by, did: 'extend', until}),
      moveDesk(deskRevision, now, by),
    ],
  }
}

/** When a lease ends that is extended by `minutes`: never past twelve hours from its start. */
export function extendedUntil(
  {startsAt, until}: Pick<LeaseTimes, 'startsAt' | 'until'>,
  minutes: number,
): string {
  const longest = Date.parse(startsAt) + longestLeaseMinutes * minute
  return storedTimeOf(new Date(Math.min(Date.parse(until) + minutes * minute, longest)))
}

/** When a lease that is over left the readers' sight; never later than `until`. */
export function endOf(lease: LeaseTimes): string {
  return lease.endedAt && lease.endedAt < lease.until ? lease.endedAt : lease.until
}

/** Whether nobody ended or withdrew a lease. */
export function standing(lease: LeaseTimes): boolean {
  return !lease.endedAt && !lease.withdrawn
}

/** Throws `EditorialError` (`leaseOver`) when a lease is not before readers. */
export function mustBeLive(lease: BreakingNews, now: Date): void {
  if (isLive(lease, now)) return
  throw new EditorialError(
    'leaseOver',
    storedTimeOf(now) < lease.startsAt
      ? `“${lease.headline}” has not started yet; it starts at ${clockTime(lease.startsAt)}.`
      : `“${lease.headline}” is over already; readers saw it until ${clockTime(endOf(lease))}.`,
  )
}

/** Throws `EditorialError` (`leaseLength`) unless it is 1 to 720 minutes. */
export function checkLength(minutes: number): void {
  if (minutes >= shortestLeaseMinutes && minutes <= longestLeaseMinutes) return
  throw new EditorialError(
    'leaseLength',
    'Breaking news runs for at least 1 minute and at most 12 hours. Choose an end in between.',
  )
}

/** A banner's words, trimmed. Throws `EditorialError` when there are none, or too many. */
export function bannerHeadline(headline: string): string {
  const text = headline.trim()
  if (text === '') {
    throw new EditorialError('fieldMissing', 'The banner has no words. Write a headline for it.')
  }
  const length = characters(text)
  if (length > longestLeaseHeadline) {
    throw new EditorialError(
      'headlineTooLong',
      `The banner has room for ${longestLeaseHeadline} characters and this headline has ${length}. Shorten it.`,
    )
  }
  return text
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
