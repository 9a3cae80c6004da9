import {defineQuery} from 'groq'
import {z} from 'zod'

import {stages} from '../editorial/documents.ts'
import {list, maybe} from './answer.ts'

/** The lists of the editors' desk, in the order in which they stand there. */
export const deskLists = [
  'mine',
  'review',
  'returned',
  'approved',
  'changed',
  'scheduled',
  'today',
  'followUp',
] as const
export type DeskList = (typeof deskLists)[number]

/** How many stories a desk list shows; the count beside its name counts them all. */
export const deskListLength = 100

/** Among how many of the stories that were changed last follow-up looks at every picture. */
export const picturesLookedAt = 300

/**
 * What the desk's questions depend on: `me` is the editor's id; `today` is the stored time at which the newsroom's
 * day began; an update label from before `labelsSince` is over.
 */
export type DeskParameters = {me: string; today: string; labelsSince: string}

/**
 * The desk asks in the perspective `raw`: a story's stage, its draft and its live version are documents of their own.
 * Each filter begins with what an index leads to, and what asks for other documents asks for them by id.
 */
const state = '_type == "editorialState"'
const draftOf = '*[_id == "drafts." + ^.article._ref][0]'
const liveOf = '*[_id == ^.article._ref][0]'
const exists = `(defined(${draftOf}._id) || defined(${liveOf}._id))`
/** The page that readers see outranks what the state says (`stageOf` in `editorial/`). */
const unpublished = `defined(${draftOf}._id) && !defined(${liveOf}._id)`
const textIsApproved = `${draftOf}._rev == approvedRevision`

const isMine = 'assignee == $me && stage != "killed"'

const statesByList = {
  mine: `${state} && ${isMine} && ${exists}`,
  review: `${state} && (stage == "review" || change == "review") && ((stage == "review" && ${unpublished}) || (change == "review" && defined(${liveOf}._id)))`,
  returned: `${state} && stage == "returned" && ${unpublished}`,
  approved: `${state} && stage == "approved" && ${unpublished} && ${textIsApproved}`,
  changed: `${state} && stage in ["approved", "scheduled"] && ${unpublished} && !(${textIsApproved})`,
  scheduled: `${state} && stage == "scheduled" && ${unpublished}`,
} as const

const orders: {[listName in keyof typeof statesByList]: string} = {
  mine: 'coalesce(dueAt, "9") asc, _updatedAt desc',
  review: '_updatedAt desc',
  returned: '_updatedAt desc',
  approved: '_updatedAt desc',
  changed: '_updatedAt desc',
  scheduled: 'publishAt asc',
}

const wentLiveToday =
  '_type == "article" && _id in path("*") && firstPublishedAt >= $today && !defined(killed)'

const figures =
  '[leadFigure, ...sections[].figure, ...lede[_type == "figureWithCaption"], ...sections[].body[][_type == "figureWithCaption"]]'
const withoutImage = `count(${figures}[defined(@) && !defined(image.asset._ref)])`
const altIsCaption = `count(${figures}[defined(alt) && alt == caption])`

/** Compared with the empty string, because an index leads to what is greater, and to nothing that is merely there. */
const isAsked = '(questions[0]._key > "" || lastFailure > "") && stage != "killed"'
const asked = `${state} && ${isAsked} && ${exists}`
const labelIsOver =
  '_type == "article" && update == true && _id in path("*") && updates[-1].at <= $labelsSince && !defined(killed)'
/** A draft speaks for its story; looking into every picture of every story would take seconds in a large archive. */
const changedLast = `*[_type == "article"] | order(_updatedAt desc)[0...${picturesLookedAt}]`
const pictureFault = `!defined(killed) && (${withoutImage} > 0 || ${altIsCaption} > 0)
  && (_id in path("drafts.**") || !defined(*[_id == "drafts." + ^._id][0]._id))`

const storyId = 'select(_id in path("drafts.**") => string::split(_id, "drafts.")[1], _id)'

/** The stories to follow up as objects with an `id`, some more than once: those with questions come first. */
const toFollowUp = (slice: string) => `[
  ...*[${asked}] | order(_updatedAt desc)${slice}{"id": article._ref},
  ...*[${labelIsOver}] | order(updates[-1].at desc)${slice}{"id": _id},
  ...(${changedLast})[${pictureFault}]${slice}{"id": ${storyId}}
]`

/**
 * A count asks for all documents of the stories at once: one look-up by a list of ids instead of two look-ups a story.
 * What is rare (a live story with a draft, a published page that a state does not know of) is looked at one by one.
 */
const storiesOf = (filter: string) => `*[${state} && ${filter}].article._ref`
const draftsOf = (filter: string) =>
  `*[${state} && ${filter}]{"draft": "drafts." + article._ref}.draft`
const hasDraft = 'defined(*[_id == "drafts." + ^._id][0]._id)'
const storyOfDraft = 'string::split(_id, "drafts.")[1]'
const hasPage = 'defined(*[_id == string::split(^._id, "drafts.")[1]][0]._id)'
const isApprovedText =
  '_rev == *[_id == "editorial." + string::split(^._id, "drafts.")[1]][0].approvedRevision'

const countOfUnpublished = (filter: string) =>
  `count(*[_id in ${draftsOf(filter)}]) - count(*[_id in ${storiesOf(filter)} && ${hasDraft}])`
const countOfPublished = (filter: string) => `count(*[_id in ${storiesOf(filter)}])`

/** How many stories stand in each list, but for those to follow up. */
export const deskCountsQuery = defineQuery(`{
  "mine": ${countOfPublished(isMine)} + count(*[_id in ${draftsOf(isMine)} && !${hasPage}]),
  "review": ${countOfUnpublished('stage == "review"')} + ${countOfPublished('change == "review"')},
  "returned": ${countOfUnpublished('stage == "returned"')},
  "approved": count(*[_id in ${draftsOf('stage == "approved"')} && !${hasPage} && ${isApprovedText}]),
  "changed": count(*[_id in ${draftsOf('stage in ["approved", "scheduled"]')} && !${hasPage} && !(${isApprovedText})]),
  "scheduled": ${countOfUnpublished('stage == "scheduled"')},
  "today": count(*[${wentLiveToday}])
}`)

export const deskCounts = z.object({
  mine: z.number(),
  review: z.number(),
  returned: z.number(),
  approved: z.number(),
  changed: z.number(),
  scheduled: z.number(),
  today: z.number(),
})
export type DeskCounts = z.infer<typeof deskCounts>

/** How many stories there are to follow up: their pictures are looked at, which takes ten times as long as all other counts. */
export const followUpCountQuery = defineQuery(`count(array::unique([
  ...*[_id in ${storiesOf(isAsked)}]._id,
  ...*[_id in ${draftsOf(isAsked)}]{"id": ${storyOfDraft}}.id,
  ...*[${labelIsOver}]._id,
  ...(${changedLast})[${pictureFault}]{"id": ${storyId}}.id
]))`)

export const followUpCount = z.number()

const contentFields = `
  _rev, _updatedAt, headline, "topicTitle": topics[0]->title, "authors": authors[]->name, byline,
  update, updates[]{number, at}, corrections[]{kind, at}, killed{at},
  firstPublishedAt, lastUpdatedAt, embargoUntil, "image": leadFigure.image`

const content = z.object({
  _rev: z.string(),
  _updatedAt: z.string(),
  headline: maybe(z.string()),
  topicTitle: maybe(z.string()),
  authors: list(z.string()),
  byline: maybe(z.string()),
  update: maybe(z.boolean()),
  updates: list(z.object({number: z.number(), at: z.string()})),
  corrections: list(z.object({kind: z.enum(['correction', 'clarification']), at: z.string()})),
  killed: maybe(z.object({at: z.string()})),
  firstPublishedAt: maybe(z.string()),
  lastUpdatedAt: maybe(z.string()),
  embargoUntil: maybe(z.string()),
  image: z.unknown(),
  withoutImage: maybe(z.number()),
  altIsCaption: maybe(z.number()),
})
/** What a row of the desk shows of a story's draft or live version. */
export type RowContent = z.infer<typeof content>

const stateFields = `
  stage, change, publishAt, assignee, dueAt, lastFailure, "questions": count(questions),
  "last": history[-1]{at, by, action, note}`

const rowState = z.object({
  stage: z.enum(stages),
  change: maybe(z.literal('review')),
  publishAt: maybe(z.string()),
  assignee: maybe(z.string()),
  dueAt: maybe(z.string()),
  lastFailure: maybe(z.string()),
  questions: maybe(z.number()),
  last: maybe(
    z.object({at: z.string(), by: maybe(z.string()), action: z.string(), note: maybe(z.string())}),
  ),
})

/** A story on the desk: what is being written, what readers see, and where it stands. */
export const deskRow = z.object({
  id: z.string(),
  draft: maybe(content),
  live: maybe(content),
  state: maybe(rowState),
})
export type DeskRow = z.infer<typeof deskRow>

/** A list's rows in their order, each story once. */
export const deskRows = list(deskRow).transform((rows) =>
  [...new Map(rows.map((row) => [row.id, row])).values()].slice(0, deskListLength),
)

/** The newest stories of a list, with all that their rows show, in one question. */
export function deskRowsQuery(deskList: DeskList): string {
  const fields =
    deskList === 'followUp'
      ? `${contentFields}, "withoutImage": ${withoutImage}, "altIsCaption": ${altIsCaption}`
      : contentFields
  return `${idsOf(deskList)}{
    id,
    "draft": *[_id == "drafts." + ^.id][0]{${fields}},
    "live": *[_id == ^.id][0]{${fields}},
    "state": *[_id == "editorial." + ^.id][0]{${stateFields}}
  }`
}

/** A list's stories as objects with an `id`, in their order, no more than the list shows. */
function idsOf(deskList: DeskList): string {
  const slice = `[0...${deskListLength}]`
  if (deskList === 'followUp') return toFollowUp(slice)
  if (deskList === 'today')
    return `*[${wentLiveToday}] | order(firstPublishedAt desc)${slice}{"id": _id}`
  return `*[${statesByList[deskList]}] | order(${orders[deskList]})${slice}{"id": article._ref}`
}

/** Where some stories stand; `$ids` are the stories' ids and `$stateIds` those of their states. */
export const standingsQuery = defineQuery(`{
  "published": *[_id in $ids]._id,
  "states": *[_id in $stateIds]{"id": article._ref, stage, change}
}`)

export const standings = z.object({
  published: list(z.string()),
  states: list(
    z.object({id: z.string(), stage: z.enum(stages), change: maybe(z.literal('review'))}),
  ),
})
export type Standings = z.infer<typeof standings>

/** What changes any of the desk's lists or rows. Listeners see one document at a time. */
export const deskListener = '*[_type in ["article", "editorialState", "author", "topic"]]'
