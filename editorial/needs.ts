import {isLive, liveLeaseFilter, type LeaseTimes} from './breaking.ts'
import {hasRole} from './guards/groq.ts'
import {storedTimeOf} from './time.ts'
import {readableTime} from './zones.ts'

/**
 * What the rules know of a story and of whoever asks. What nobody was asked for yet (a note, a reason, a
 * time) and what is not known yet (`errors`) is left out and not judged: a button asks with what it has,
 * the dialog behind it with the words too.
 */
export type Facts = {
  now: Date
  /** User id of whoever asks. */
  by: string
  /** The draft as it was read; null when there is none. */
  draft: {_rev?: string | undefined; embargoUntil?: string | undefined} | null | undefined
  /** Who changed the draft last, by the name people know, and when. */
  changed?: {by?: string | undefined; at?: string | undefined} | undefined
  /** Sentences of the draft's validation errors; empty when it is valid. */
  errors?: readonly string[] | undefined
  approvedRevision?: string | undefined
  /** User id of whoever submitted the story last. */
  submittedBy?: string | undefined
  /** `review` while a change to a live story waits. */
  change?: 'review' | undefined
  /** When a scheduled story is due. */
  publishAt?: string | undefined
  /** The leases that point at the story. */
  leases?: readonly LeaseTimes[] | undefined
  /** The newsroom's zone, for times in sentences; UTC when left out. */
  timeZone?: string | undefined
  /** For colleagues. */
  note?: string | undefined
  /** For colleagues, where the newsroom's usual way is left. */
  reason?: string | undefined
  /** For readers. */
  notice?: string | undefined
  /** The time that is asked for, by `schedule`. */
  at?: string | undefined
  /** What `assign` changes. */
  assignment?: {assignee?: string | null; dueAt?: string | null} | undefined
}

/** What an action may need beyond a stage and a role. */
export type Need =
  | 'answer'
  | 'approvedText'
  | 'assignment'
  | 'changedText'
  | 'changeWaits'
  | 'draft'
  | 'due'
  | 'embargoPassed'
  | 'futureTime'
  | 'noLiveLease'
  | 'note'
  | 'notice'
  | 'otherThanSubmitter'
  | 'reason'
  | 'valid'

type Rule = {
  /** In the table of docs/workflow.md. */
  words: string
  /** What is wrong and what to do next; undefined when the need is met. */
  lacks(facts: Facts, role: {publishes: boolean}): string | undefined
  /**
   * The same for the store, where it can tell: GROQ over `entry` (the new line of the history), `draft` (as it
   * was before the transaction), `story` (the id), `before()` and `after()` (the state). With the sentence that
   * the person is told, since the store knows no names.
   */
  store?: {holds: string; sentence: string}
}

/** GROQ: no live breaking news points at `story`, a name that surrounds it. */
export const noLiveLeaseOnStory = `count(*[_type == "breakingNews" && article._ref == ^.story && ${liveLeaseFilter}]) == 0`

/** Every need: what people call it, and what an editor is told when it is not met. */
export const needs: Record<Need, Rule> = {
  draft: {
    words: 'a draft',
    store: {
      holds: 'defined(draft)',
      sentence: 'There is no draft, so there is nothing to hand on. Write something first.',
    },
    lacks: ({draft}) =>
      draft
        ? undefined
        : 'There is no draft, so there is nothing to hand on. Write something first.',
  },
  valid: {
    words: 'no validation errors',
    lacks({errors = []}) {
      const [first] = errors
      if (first === undefined || errors.length === 1) return first
      return `${errors.length} things must be put right first, such as: ${first}`
    },
  },
  approvedText: {
    words: 'the draft is the text that was approved',
    store: {
      holds: 'draft._rev == before().approvedRevision',
      sentence: 'Changed since approval. Submit the story again, so that the new text is approved.',
    },
    lacks: (facts) =>
      isApprovedText(facts)
        ? undefined
        : `${changedSinceApproval(facts)} Submit it again, so that the new text is approved.`,
  },
  changedText: {
    words: 'the draft was changed after its approval',
    store: {
      holds: 'coalesce(draft._rev == before().approvedRevision, false) == false',
      sentence: 'This text is approved already. Publish or schedule it, or return it with a note.',
    },
    lacks: (facts) =>
      isApprovedText(facts)
        ? 'This text is approved already. Publish or schedule it, or return it with a note.'
        : undefined,
  },
  otherThanSubmitter: {
    words: 'not by the user who submitted it, unless a publisher',
    store: {
      holds: `coalesce(before().history[action == "submit"][-1].by, "") != $userId || ${hasRole('publisher')}`,
      sentence: 'You submitted this story yourself. Ask another editor to approve it.',
    },
    lacks: ({by, submittedBy}, {publishes}) =>
      by === submittedBy && !publishes
        ? 'You submitted this story yourself. Ask another editor to approve it.'
        : undefined,
  },
  embargoPassed: {
    words: 'no embargo ahead',
    store: {
      holds: '!defined(draft.embargoUntil) || draft.embargoUntil <= $now',
      sentence: 'This story is under embargo. Wait, schedule it for then, or clear the embargo.',
    },
    lacks({draft, now, timeZone}) {
      const embargo = draft?.embargoUntil
      if (embargo === undefined || embargo <= storedTimeOf(now)) return undefined
      return `This story is under embargo until ${readableTime(embargo, timeZone)}. Wait, schedule it for then, or clear the embargo.`
    },
  },
  futureTime: {
    words: 'a future time, not before the embargo ends',
    store: {
      holds: 'after().publishAt > $now && coalesce(after().publishAt >= draft.embargoUntil, true)',
      sentence: 'This time has passed, or lies before the end of the embargo. Choose a later one.',
    },
    lacks({at, draft, now, timeZone}) {
      if (at === undefined) return undefined
      if (!(at > storedTimeOf(now))) {
        return 'This time has passed. Choose a later one, or publish the story now.'
      }
      const embargo = draft?.embargoUntil
      if (embargo === undefined || at >= embargo) return undefined
      return `This story is under embargo until ${readableTime(embargo, timeZone)}. Choose that time or a later one.`
    },
  },
  due: {
    words: 'its time has come',
    store: {
      holds: 'before().publishAt <= $now',
      sentence:
        'The time of this story has not come. Take it off the schedule to publish it before.',
    },
    lacks({publishAt, now, timeZone}) {
      if (publishAt !== undefined && publishAt <= storedTimeOf(now)) return undefined
      return publishAt === undefined
        ? 'This story has no time at which it goes live. Take it off the schedule and schedule it again.'
        : `This story goes live at ${readableTime(publishAt, timeZone)}. Take it off the schedule to publish it before.`
    },
  },
  changeWaits: {
    words: 'a change waits for review',
    store: {
      holds: 'before().change == "review"',
      sentence: 'No change to this story waits for review, so there is none to return.',
    },
    lacks: ({change}) =>
      change === 'review'
        ? undefined
        : 'No change to this story waits for review, so there is none to return.',
  },
  noLiveLease: {
    words: 'no live breaking news points at it',
    store: {
      holds: noLiveLeaseOnStory,
      sentence: 'This story is up as breaking news, which sends readers to it. End that first.',
    },
    lacks: ({leases = [], now}) =>
      leases.some((lease) => isLive(lease, now))
        ? 'This story is up as breaking news, which sends readers to it. End that first.'
        : undefined,
  },
  note: {
    words: 'a note',
    store: {
      holds: 'length(entry.note) > 0',
      sentence: 'Write a note, so that your colleagues know what to do next.',
    },
    lacks: ({note}) =>
      isBlank(note) ? 'Write a note, so that your colleagues know what to do next.' : undefined,
  },
  reason: {
    words: 'a reason',
    store: {
      holds: 'length(entry.note) > 0',
      sentence: 'Give a reason; it stands in the story’s history.',
    },
    lacks: ({reason}) =>
      isBlank(reason) ? 'Give a reason; it stands in the story’s history.' : undefined,
  },
  notice: {
    words: 'a notice for readers',
    store: {
      holds: 'length(entry.note) > 0',
      sentence: 'Write a notice: readers find it at the story’s address, instead of the story.',
    },
    lacks: ({notice}) =>
      isBlank(notice)
        ? 'Write a notice: readers find it at the story’s address, instead of the story.'
        : undefined,
  },
  answer: {words: 'what kind of change it is', lacks: () => undefined},
  assignment: {
    words: 'a person or a time',
    lacks: ({assignment}) =>
      assignment !== undefined &&
      assignment.assignee === undefined &&
      assignment.dueAt === undefined
        ? 'Nothing was changed. Choose a person, or a time by which the story is due.'
        : undefined,
  },
}

/** Whether the draft still is the text that was approved. */
export function isApprovedText({
  draft,
  approvedRevision,
}: Pick<Facts, 'draft' | 'approvedRevision'>) {
  return approvedRevision !== undefined && draft?._rev === approvedRevision
}

/** "Changed since approval by Ann Editor at 24 Nov 2026, 14:05 UTC." with as much as is known. */
export function changedSinceApproval({
  changed,
  timeZone,
}: Pick<Facts, 'changed' | 'timeZone'>): string {
  const who = changed?.by === undefined ? '' : ` by ${changed.by}`
  const when = changed?.at === undefined ? '' : ` at ${readableTime(changed.at, timeZone)}`
  return `Changed since approval${who}${when}.`
}

function isBlank(words: string | undefined): boolean {
  return words !== undefined && words.trim() === ''
}
