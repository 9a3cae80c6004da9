import {
  correctionLabelHours,
  defaultUpdateLabelHours,
  developingAfterHours,
} from '../editorial/labels.ts'
import {hour, storedTimeOf} from '../editorial/time.ts'
import {liveLease} from './breaking.ts'

/**
 * The label over a story's headline, for questions that filter or sort by it: the same answer as `labelOf` in
 * `editorial/labels.ts`, as one of `killed`, `flash`, `breaking`, `developing`, `correction`, `clarification`,
 * `update`, `topic` and null for none. A projection over an article; asked with `labelParameters`.
 */
export const labelKind = `select(
  defined(killed) => "killed",
  count(*[${ownLease(liveLease)} && level == "flash"]) > 0 => "flash",
  count(*[${ownLease(liveLease)} && level == "breaking"]) > 0 => "breaking",
  count(*[${ownLease(liveLease)}]) > 0 => "developing",
  corrections[] | order(at asc) [-1].at > $correctionsSince => corrections[] | order(at asc) [-1].kind,
  update == true && (count(updates) == 0 || !defined(updates) || updates[] | order(at asc) [-1].at > $updatesSince) => "update",
  count(*[${ownLease(`!defined(withdrawn) && ${endedAt('<= $now')} && ${endedAt('> $developingSince')}`)}]) > 0 => "developing",
  defined(topics[0]->title) && topics[0]->title != "" => "topic",
  null
)`

/** A lease of the story that the question is about; `drafts.` plays no part in what a lease points at. */
function ownLease(condition: string): string {
  return `_type == "breakingNews" && article._ref in [^._id, string::split(^._id, "drafts.")[1]] && ${condition}`
}

/** A lease ended when somebody ended it, and at its end at the latest. */
function endedAt(comparison: string): string {
  return `select(defined(endedAt) && endedAt < until => endedAt, until) ${comparison}`
}

/** The times that `labelKind` measures by, for a question asked at `now`. */
export function labelParameters(
  now: Date,
  settings?: {updateLabelHours?: number | null | undefined} | null,
): {[name in 'now' | 'correctionsSince' | 'updatesSince' | 'developingSince']: string} {
  const ago = (hours: number) => storedTimeOf(new Date(now.getTime() - hours * hour))
  return {
    now: storedTimeOf(now),
    correctionsSince: ago(correctionLabelHours),
    updatesSince: ago(settings?.updateLabelHours ?? defaultUpdateLabelHours),
    developingSince: ago(developingAfterHours),
  }
}
