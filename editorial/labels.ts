import {documentId, type LeaseLevel} from './documents.ts'
import {endOf, levelTitles, liveLeases, type LeaseTimes} from './breaking.ts'
import {hour} from './time.ts'

/** As much of a story as its label depends on; queries answer `null` for what is missing. */
export type LabelledArticle = {
  _id: string
  killed?: {at: string} | null | undefined
  corrections?: readonly {kind: 'correction' | 'clarification'; at: string}[] | null | undefined
  update?: boolean | null | undefined
  updates?: readonly {number: number; at: string}[] | null | undefined
  /** Title of the story's first topic. */
  topicTitle?: string | null | undefined
}

/** A lease with the story it speaks of; those of other stories do not count. */
export type LabellingLease = LeaseTimes & {
  level: LeaseLevel
  article?: {_ref: string} | null | undefined
}

/** What stands over a headline. `at` is the time that the label speaks of, in the stored form. */
export type Label =
  | {kind: 'killed'; at: string}
  | {kind: LeaseLevel; at: string}
  | {kind: 'correction' | 'clarification'; at: string}
  | {kind: 'update'; number?: number; at?: string}
  | {kind: 'topic'; topicTitle: string}
  | {kind: 'none'}

/** How long a correction stands over the headline, before it moves to the story's foot. */
export const correctionLabelHours = 24
/** How long a story is called developing after its lease ended. */
export const developingAfterHours = 3
export const defaultUpdateLabelHours = 24

/**
 * The one label over a headline, for the Studio, the site and every feed. In this order: killed; the live
 * lease by level; a correction or clarification under 24 hours old; an update under
 * `settings.updateLabelHours` old while the flag is on (a flag without updates came from an import and shows
 * "Update"); "Developing" for 3 hours after a lease ended that was not withdrawn; the first topic; none.
 * Every span includes its first instant and excludes its last. A label that a captured page carried
 * (`source.label`) plays no part: an old story is not breaking.
 */
export function labelOf({
  article,
  leases,
  now,
  settings,
}: {
  article: LabelledArticle
  leases: readonly LabellingLease[]
  now: Date
  settings?: {updateLabelHours?: number | null | undefined} | null | undefined
}): Label {
  if (article.killed) return {kind: 'killed', at: article.killed.at}
  const own = leases.filter((lease) => lease.article?._ref === documentId.published(article._id))
  return (
    liveLabel(own, now) ??
    correctionLabel(article, now) ??
    updateLabel(article, now, settings?.updateLabelHours ?? defaultUpdateLabelHours) ??
    developingLabel(own, now) ??
    (article.topicTitle ? {kind: 'topic', topicTitle: article.topicTitle} : {kind: 'none'})
  )
}

/** The label in English, as in "2nd update"; empty for none. Other languages have their own words at the site. */
export function labelText(label: Label): string {
  switch (label.kind) {
    case 'killed':
      return 'Killed'
    case 'flash':
    case 'breaking':
    case 'developing':
      return levelTitles[label.kind]
    case 'correction':
      return 'Correction'
    case 'clarification':
      return 'Clarification'
    case 'update':
      return label.number !== undefined && label.number > 1
        ? `${ordinal(label.number)} update`
        : 'Update'
    case 'topic':
      return label.topicTitle
    case 'none':
      return ''
    default:
      return label satisfies never
  }
}

function liveLabel(leases: readonly LabellingLease[], now: Date): Label | undefined {
  const [lease] = liveLeases(leases, now)
  return lease && {kind: lease.level, at: lease.startsAt}
}

function correctionLabel(article: LabelledArticle, now: Date): Label | undefined {
  const last = newest(article.corrections ?? [])
  return last && isWithin(correctionLabelHours, last.at, now)
    ? {kind: last.kind, at: last.at}
    : undefined
}

function updateLabel(article: LabelledArticle, now: Date, hours: number): Label | undefined {
  if (!article.update) return undefined
  const last = newest(article.updates ?? [])
  if (!last) return {kind: 'update'}
  return isWithin(hours, last.at, now)
    ? {kind: 'update', number: last.number, at: last.at}
    : undefined
}

function developingLabel(leases: readonly LabellingLease[], now: Date): Label | undefined {
  const ended = leases
    .filter((lease) => !lease.withdrawn && Date.parse(endOf(lease)) <= now.getTime())
    .map((lease) => ({at: endOf(lease)}))
  const last = newest(ended)
  return last && isWithin(developingAfterHours, last.at, now)
    ? {kind: 'developing', at: last.at}
    : undefined
}

function newest<Timed extends {at: string}>(timed: readonly Timed[]): Timed | undefined {
  return timed.reduce<Timed | undefined>(
    (late, one) => (late === undefined || one.at >= late.at ? one : late),
    undefined,
  )
}

function isWithin(hours: number, at: string, now: Date): boolean {
  return now.getTime() - Date.parse(at) < hours * hour
}

const endings: Partial<Record<Intl.LDMLPluralRule, string>> = {one: 'st', two: 'nd', few: 'rd'}

function ordinal(number: number): string {
  const rule = new Intl.PluralRules('en', {type: 'ordinal'}).select(number)
  return `${number}${endings[rule] ?? 'th'}`
}
