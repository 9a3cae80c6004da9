import {stepOf, storyOf, type Asking} from './asking.ts'
import {revisionOf, type Mutation} from './mutations.ts'
import {moveState, type StateChange} from './state.ts'

/** What is done to a story without touching a word of it: only where it stands changes. */
export type Move =
  | {action: 'submit' | 'approve' | 'unschedule'; note?: string}
  | {action: 'return' | 'submitChange' | 'returnChange'; note: string}
  /** `at`: when it goes live, in the stored form. */
  | {action: 'schedule'; at: string; note?: string}
  /** By the worker, when a scheduled story could not go live. */
  | {action: 'scheduleFailed'; reason: string}
  /** `null` takes a person or a time away; what is left out stays as it is. */
  | {action: 'assign'; assignee?: string | null; dueAt?: string | null; note?: string}

/**
 * Moves a story by one transaction on its state alone, guarded by the revision that was read. The draft is
 * never touched, not even to guard it: whoever types at that moment goes on typing, and an approval is of the
 * revision that was read, so a text that changed meanwhile is not approved.
 * Throws `EditorialError` with the sentence why the workflow does not allow it.
 */
export function moveOf(asking: Asking, move: Move): {mutations: Mutation[]} {
  const {set, clear} = changeOf(asking, move)
  const entry = stepOf(
    asking,
    move.action,
    {
      ...('note' in move ? {note: move.note} : {}),
      ...('reason' in move ? {reason: move.reason} : {}),
      ...('at' in move ? {at: move.at} : {}),
      ...(move.action === 'assign' ? {assignment: move} : {}),
    },
    saidOf(move),
  )
  return {
    mutations: [moveState({articleId: storyOf(asking), state: asking.state, entry, set, clear})],
  }
}

type Change = {set: StateChange; clear: (keyof StateChange)[]}

function changeOf({draft}: Asking, move: Move): Change {
  switch (move.action) {
    case 'submit':
    case 'return':
      return {set: {}, clear: ['approvedRevision', 'publishAt', 'lastFailure']}
    case 'approve':
      return {
        set: draft ? {approvedRevision: revisionOf(draft)} : {},
        clear: ['lastFailure'],
      }
    case 'schedule':
      return {set: {publishAt: move.at}, clear: ['lastFailure']}
    case 'unschedule':
      return {set: {}, clear: ['publishAt']}
    case 'scheduleFailed':
      return {set: {lastFailure: move.reason.trim()}, clear: ['publishAt']}
    case 'submitChange':
      return {set: {change: 'review'}, clear: []}
    case 'returnChange':
      return {set: {}, clear: ['change']}
    case 'assign':
      return assignment(move)
    default:
      return move satisfies never
  }
}

function assignment({assignee, dueAt}: Extract<Move, {action: 'assign'}>): Change {
  const asked = Object.entries({assignee, dueAt})
  return {
    set: Object.fromEntries(asked.filter(([, value]) => typeof value === 'string')),
    clear: (['assignee', 'dueAt'] as const).filter((name) => ({assignee, dueAt})[name] === null),
  }
}

/** The history tells a name and a time as such, so that they can be shown in everyone's words and zone. */
function saidOf(move: Move): {note?: string; assignee?: string; dueAt?: string} {
  if (move.action === 'schedule') return {dueAt: move.at}
  if (move.action !== 'assign') return {}
  const {assignee, dueAt, note} = move
  const taken = [
    ...(assignee === null ? ['Nobody looks after it any more.'] : []),
    ...(dueAt === null ? ['It is due at no time any more.'] : []),
  ]
  const said = [note?.trim(), ...taken].filter(Boolean).join(' ')
  return {
    ...(said === '' ? {} : {note: said}),
    ...(assignee ? {assignee} : {}),
    ...(dueAt ? {dueAt} : {}),
  }
}
