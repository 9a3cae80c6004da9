import {defineQuery} from 'groq'
import {z} from 'zod'

import {endOf, isLive, liveLeases} from '../editorial/breaking.ts'
import {leaseLevels, leaseLogEntry} from '../editorial/documents.ts'
import {storedTimeOf} from '../editorial/time.ts'
import {list, maybe} from './answer.ts'
import {lease, leaseAttributes} from './breaking.ts'

/** How many pieces of breaking news that are over the breaking desk remembers. */
export const deskMemory = 20

/** The desk's question is asked in the perspective `raw`: plans and logs are private documents. */
const story = (reference: string, from: string) => `"story": select(defined(${reference}._ref) => {
    "id": ${reference}._ref,
    "headline": coalesce(${reference}->headline, *[_id == "drafts." + ^.${reference}._ref][0].headline),
    "language": coalesce(${reference}->language, *[_id == "drafts." + ^.${reference}._ref][0].language),
    "slug": select(!defined(${reference}->killed) => ${reference}->slug.current),
    "isLive": defined(${reference}->_id) && !defined(${reference}->killed)
  }), "topics": ${from}topics[]->{"id": _id, title}`

const logFields = '{owner, log[]{_key, at, by, did, until, reason}}'

const leaseFields = `{
  ${leaseAttributes}, _rev, ${story('article', '')},
  "record": *[_id == "newsroom.lease." + ^._id][0]${logFields}
}`

const planFields = `{
  "id": lease._ref, _rev, owner, log[]{_key, at, by, did, until, reason},
  "headline": planned.headline, "level": planned.level,
  "startsAt": planned.startsAt, "until": planned.until, ${story('planned.article', 'planned.')}
}`

/**
 * All that the breaking desk shows: its revision, breaking news that is live or comes, plans, what was last, how long
 * breaking news usually runs, and the lake's time. The newest logs tell of plans that were given up.
 */
export const breakingDeskQuery = defineQuery(`{
  "now": now(),
  "desk": *[_id == "newsroom.breakingDesk"][0]{_rev, changedAt, changedBy},
  "minutes": *[_id == "siteSettings"][0].breakingMinutes,
  "standing": *[_type == "breakingNews" && until > now() && !defined(endedAt) && !defined(withdrawn)]${leaseFields},
  "latest": *[_type == "breakingNews"] | order(startsAt desc, _id asc)[0...${deskMemory}]${leaseFields},
  "plans": *[_type == "breakingLog" && defined(planned)] | order(planned.startsAt asc, _id asc)${planFields},
  "givenUp": (*[_type == "breakingLog"] | order(_updatedAt desc)[0...${deskMemory}])
    [!defined(planned) && log[-1].did == "withdraw" && !defined(lease->_id)]{"id": lease._ref, owner, log[]{_key, at, by, did, until, reason}, ...givenUp{headline, level}}
}`)

/** What changes anything on the breaking desk; of stories only what readers see, so that nobody's typing asks again. */
export const breakingDeskListener =
  '*[_type in ["breakingNews", "breakingLog", "breakingDesk", "siteSettings"] || (_type in ["article", "topic"] && _id in path("*"))]'

const linkedStory = z.object({
  id: z.string(),
  headline: maybe(z.string()),
  language: maybe(z.string()),
  slug: maybe(z.string()),
  /** Whether readers can open it. */
  isLive: z.boolean(),
})
export type LinkedStory = z.infer<typeof linkedStory>

const leaseTopic = z.object({id: z.string(), title: maybe(z.string())})

const logLine = leaseLogEntry
  .pick({at: true, by: true, did: true, _key: true})
  .extend({until: maybe(z.string()), reason: maybe(z.string())})
/** One line of a lease's log. */
export type DeskLogLine = z.infer<typeof logLine>

const record = z.object({owner: z.string(), log: list(logLine)})

const deskLease = lease
  .extend({
    _rev: z.string(),
    story: maybe(linkedStory),
    topics: list(leaseTopic),
    record: maybe(record),
  })
  .transform(({record: known, ...rest}) => ({...rest, owner: known?.owner, log: known?.log ?? []}))
/** Breaking news with its story, topics, owner and log. Without a log nobody owns it: it came from elsewhere. */
export type DeskLease = z.infer<typeof deskLease>

const deskPlan = record.extend({
  /** The id that the lease will have. */
  id: z.string(),
  /** Of the log, in which the plan stands. */
  _rev: z.string(),
  headline: z.string(),
  level: z.enum(leaseLevels),
  startsAt: z.string(),
  until: z.string(),
  story: maybe(linkedStory),
  topics: list(leaseTopic),
})
/** Breaking news that starts later; readers know nothing of it. */
export type DeskPlan = z.infer<typeof deskPlan>

const givenUpPlan = record.extend({
  id: z.string(),
  headline: maybe(z.string()),
  level: maybe(z.enum(leaseLevels)),
})
/** Breaking news that was planned and never started. Older ones have only their log. */
export type GivenUpPlan = z.infer<typeof givenUpPlan>

const usualMinutes = 30

export const breakingDeskAnswer = z
  .object({
    now: z.string(),
    desk: maybe(
      z.object({_rev: z.string(), changedAt: maybe(z.string()), changedBy: maybe(z.string())}),
    ),
    minutes: maybe(z.number().positive()),
    standing: list(deskLease),
    latest: list(deskLease),
    plans: list(deskPlan),
    givenUp: list(givenUpPlan),
  })
  .transform(({now, desk, minutes = usualMinutes, standing, latest, plans, givenUp}) => ({
    /** The lake's time when it answered. */
    now,
    revision: desk?._rev,
    changedAt: desk?.changedAt,
    changedBy: desk?.changedBy,
    /** How long breaking news runs unless somebody says otherwise. */
    defaultMinutes: minutes,
    /** Each once, in no order: what is live, what comes, and the last that were. */
    leases: [...new Map([...standing, ...latest].map((one) => [one._id, one])).values()],
    plans,
    givenUp,
  }))
/** The breaking desk as the lake answered; `deskAt` sorts it for an instant. */
export type BreakingDesk = z.infer<typeof breakingDeskAnswer>

/** One of the last: breaking news that readers do not see any more, or a plan that they never saw. */
export type PastBreaking =
  | {kind: 'lease'; id: string; at: string; lease: DeskLease}
  | {kind: 'plan'; id: string; at: string; plan: GivenUpPlan}

/** What the desk shows at an instant: live in the readers' order, plans by their start, the last ones by their end. */
export function deskAt(
  {leases, plans, givenUp}: Pick<BreakingDesk, 'leases' | 'plans' | 'givenUp'>,
  now: Date,
): {live: DeskLease[]; plans: DeskPlan[]; past: PastBreaking[]} {
  const instant = storedTimeOf(now)
  const over = leases
    .filter((one) => one.startsAt <= instant && !isLive(one, now))
    .map((one): PastBreaking => {
      const at = one.withdrawn?.at ?? endOf(one)
      return {kind: 'lease', id: one._id, at, lease: one}
    })
  const neverSeen = givenUp.map((plan): PastBreaking => {
    return {kind: 'plan', id: plan.id, at: plan.log.at(-1)?.at ?? '', plan}
  })
  const past = [...over, ...neverSeen]
    .toSorted((one, other) => (one.at < other.at ? 1 : -1))
    .slice(0, deskMemory)
  return {live: liveLeases(leases, now), plans, past}
}
