import {stageTitle} from './stages.ts'
import type {Article, EditorialState, Stage} from './documents.ts'

/** One line of a story's log: what happened, when, by whom as far as is known, and in whose words. */
export type LogLine = {
  key: string
  at: string
  /** The person's id. */
  by?: string
  /** What was done, as a sentence begins: "Approved", "Published as the 2nd update". */
  title: string
  /** The reason or note that was given for it. */
  note?: string
  /** The step's name in the history, where it is from there. */
  action?: string
  /** Whom the story was given to, and the time that the step set. */
  assignee?: string
  dueAt?: string
  /** Where the story stood afterwards, where that is another stage than before. */
  to?: Stage
}

/** What of a story its log is made of; the live version knows more than the draft. */
export type LoggedStory = Pick<
  Article,
  'firstPublishedAt' | 'updates' | 'corrections' | 'killed' | 'source'
>

const deeds: {[action: string]: string} = {
  approve: 'Approved',
  assign: 'Assigned',
  clearUpdateLabel: 'Update label cleared',
  import: 'Imported',
  kill: 'Killed',
  publish: 'Published',
  publishNow: 'Published without approval',
  publishScheduled: 'Published as scheduled',
  republish: 'Change published',
  return: 'Returned',
  returnChange: 'Change returned',
  revive: 'Revived',
  schedule: 'Scheduled',
  scheduleFailed: 'Did not go live as scheduled',
  submit: 'Submitted for review',
  submitChange: 'Change submitted for review',
  unpublish: 'Unpublished',
  unschedule: 'Taken off the schedule',
}

/**
 * Everything that was done to a story as one timeline, the newest first: the steps of its history, and the
 * publications, updates and corrections that stand in the story. Where both tell of the same publication
 * (the same instant), there is one line: the step's person with the story's words.
 */
export function storyLog(
  story: LoggedStory | null | undefined,
  state: Pick<EditorialState, 'history'> | null | undefined,
): LogLine[] {
  const told = toldByStory(story ?? {})
  const steps = (state?.history ?? []).map((entry): LogLine => {
    const sameTime = told.filter(({at}) => at === entry.at)
    const [first] = sameTime
    return {
      key: entry._key,
      at: entry.at,
      by: entry.by,
      title: first?.title ?? deeds[entry.action] ?? entry.action,
      action: entry.action,
      ...noteOf(first?.note ?? entry.note),
      ...(entry.assignee === undefined ? {} : {assignee: entry.assignee}),
      ...(entry.dueAt === undefined ? {} : {dueAt: entry.dueAt}),
      ...(entry.from === entry.to ? {} : {to: entry.to}),
    }
  })
  const times = new Set(steps.map(({at}) => at))
  const unknown = told.filter(({at}) => !times.has(at))
  // The history's order holds for steps of the same instant, which a sort by time keeps.
  return [...unknown, ...steps.toReversed()].sort((one, other) =>
    one.at === other.at ? 0 : one.at < other.at ? 1 : -1,
  )
}

/** Where a line's step led, as in "now in review"; nothing where the story stayed or the title says it. */
export function ledTo({to, title}: LogLine): string | undefined {
  if (to === undefined || title === stageTitle(to)) return undefined
  return `now ${stageTitle(to).toLowerCase()}`
}

function toldByStory({firstPublishedAt, updates, corrections, killed}: LoggedStory): LogLine[] {
  return [
    ...(firstPublishedAt === undefined
      ? []
      : [{key: 'firstPublished', at: firstPublishedAt, title: 'First published'}]),
    ...(updates ?? []).map(({_key, at, number, note}) => ({
      key: `update-${_key}`,
      at,
      title: `Published as update ${number}`,
      ...noteOf(note),
    })),
    ...(corrections ?? []).map(({_key, at, kind, text}) => ({
      key: `correction-${_key}`,
      at,
      title: kind === 'correction' ? 'Published as a correction' : 'Published as a clarification',
      ...noteOf(text),
    })),
    ...(killed ? [{key: 'killed', at: killed.at, title: 'Killed', note: killed.notice}] : []),
  ]
}

function noteOf(note: string | undefined): {note?: string} {
  return note ? {note} : {}
}
