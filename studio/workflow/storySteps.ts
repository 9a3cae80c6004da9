import {BoltIcon} from '@sanity/icons/Bolt'
import {CheckmarkCircleIcon} from '@sanity/icons/CheckmarkCircle'
import {ClockIcon} from '@sanity/icons/Clock'
import {CloseCircleIcon} from '@sanity/icons/CloseCircle'
import {PublishIcon} from '@sanity/icons/Publish'
import {RemoveCircleIcon} from '@sanity/icons/RemoveCircle'
import {ResetIcon} from '@sanity/icons/Reset'
import {UndoIcon} from '@sanity/icons/Undo'
import {UnpublishIcon} from '@sanity/icons/Unpublish'
import {ArrowRightIcon} from '@sanity/icons/ArrowRight'
import type {ComponentType} from 'react'

import {isApprovedText, type Facts} from '../../editorial/needs.ts'
import type {RoleName} from '../../editorial/roles.ts'
import type {Stage} from '../../editorial/documents.ts'
import {actionsAt} from '../../editorial/allowed.ts'
import {stepFor, type WorkflowAction} from '../../editorial/workflow.ts'

/** The actions of the workflow that a person takes on the form of a story. */
export type StoryStep = Exclude<WorkflowAction, 'assign' | 'publishScheduled' | 'scheduleFailed'>

/** Whether an action is one of them; the worker's have no button, and assigning has a form of its own. */
export function isStoryStep(action: WorkflowAction): action is StoryStep {
  return Object.hasOwn(stepWords, action)
}

/** Words that a dialog asks for, and what it says about them. */
export type Question = {
  /** Which of the rules' words they are. */
  words: 'note' | 'reason' | 'notice'
  label: string
  /** Who reads them. */
  help: string
  /** What is usually written, one click each. */
  suggestions?: readonly string[]
}

type Dialog = {
  title: string
  /** What happens when it is confirmed. */
  about: string
  confirm: string
  question?: Question
  /** A time at which it happens. */
  time?: true
}

export type StepWords = {
  label: string
  working: string
  /** The headline of the dialog that says why it did not happen. */
  failed: string
  /** The message once it has happened. */
  done: string
  icon: ComponentType
  tone?: 'positive' | 'critical' | 'caution' | 'primary'
  shortcut?: string
  /** What is asked first; without it one click is enough. */
  dialog?: Dialog
}

const reasonHelp = 'It stands in the story’s history. Readers never see it.'

/** What people read about each action: one place, so that buttons, dialogs and messages say the same. */
export const stepWords: Record<StoryStep, StepWords> = {
  submit: {
    label: 'Submit for review',
    working: 'Submitting …',
    failed: 'The story was not submitted',
    done: 'Submitted. An editor finds it under “Waiting for review”.',
    icon: ArrowRightIcon,
    tone: 'primary',
    shortcut: 'Ctrl+Alt+S',
  },
  approve: {
    label: 'Approve',
    working: 'Approving …',
    failed: 'The story was not approved',
    done: 'Approved. It can be published or scheduled as it is now.',
    icon: CheckmarkCircleIcon,
    tone: 'positive',
    shortcut: 'Ctrl+Alt+A',
  },
  publish: {
    label: 'Publish',
    working: 'Publishing …',
    failed: 'The story was not published',
    done: 'Published. Readers can open the story now.',
    icon: PublishIcon,
    tone: 'positive',
    shortcut: 'Ctrl+Alt+P',
  },
  publishNow: {
    label: 'Publish now…',
    working: 'Publishing …',
    failed: 'The story was not published',
    done: 'Published. Readers can open the story now.',
    icon: BoltIcon,
    tone: 'positive',
    shortcut: 'Ctrl+Alt+P',
    dialog: {
      title: 'Publish now',
      about:
        'Readers can open the story at once. Nobody has approved it, so say why it does not wait for a review.',
      confirm: 'Publish now',
      question: {
        words: 'reason',
        label: 'Why now?',
        help: reasonHelp,
        suggestions: ['Breaking news.', 'Nobody else is on duty.', 'A colleague has read it.'],
      },
    },
  },
  return: {
    label: 'Return…',
    working: 'Returning …',
    failed: 'The story was not returned',
    done: 'Returned. Whoever works on it finds your note with the story.',
    icon: UndoIcon,
    dialog: {
      title: 'Return the story',
      about: 'It goes back to be worked on, and has to be submitted again.',
      confirm: 'Return it',
      question: {
        words: 'note',
        label: 'What should be done?',
        help: 'Your colleagues read it. Readers never see it.',
      },
    },
  },
  schedule: {
    label: 'Schedule…',
    working: 'Scheduling …',
    failed: 'The story was not scheduled',
    done: 'Scheduled. It goes live by itself.',
    icon: ClockIcon,
    dialog: {
      title: 'Schedule the story',
      about:
        'The approved text goes live by itself at this time. Until then its form takes no words.',
      confirm: 'Schedule',
      time: true,
    },
  },
  unschedule: {
    label: 'Unschedule',
    working: 'Taking it off the schedule …',
    failed: 'The story was not taken off the schedule',
    done: 'Off the schedule. The text is still approved.',
    icon: CloseCircleIcon,
    tone: 'caution',
    shortcut: 'Ctrl+Alt+U',
  },
  submitChange: {
    label: 'Submit change…',
    working: 'Submitting …',
    failed: 'The change was not submitted',
    done: 'Submitted. An editor finds the change under “Waiting for review”.',
    icon: ArrowRightIcon,
    tone: 'primary',
    dialog: {
      title: 'Submit the change',
      about: 'Readers go on seeing the story as it is, until an editor publishes your change.',
      confirm: 'Submit change',
      question: {
        words: 'note',
        label: 'What did you change, and why?',
        help: 'The editor who looks at it reads this. Readers never see it.',
      },
    },
  },
  returnChange: {
    label: 'Return change…',
    working: 'Returning …',
    failed: 'The change was not returned',
    done: 'Returned. Whoever works on it finds your note with the story.',
    icon: UndoIcon,
    dialog: {
      title: 'Return the change',
      about: 'The change stays in the draft and goes back to be worked on. Readers see nothing.',
      confirm: 'Return it',
      question: {
        words: 'note',
        label: 'What should be done?',
        help: 'Your colleagues read it. Readers never see it.',
      },
    },
  },
  republish: {
    label: 'Publish change…',
    working: 'Publishing …',
    failed: 'The change was not published',
    done: 'Published. Readers see the new text.',
    icon: PublishIcon,
    tone: 'positive',
    shortcut: 'Ctrl+Alt+P',
  },
  clearUpdateLabel: {
    label: 'Clear update label',
    working: 'Clearing the label …',
    failed: 'The label was not cleared',
    done: 'Readers see no update label on this story any more.',
    icon: RemoveCircleIcon,
  },
  unpublish: {
    label: 'Unpublish…',
    working: 'Unpublishing …',
    failed: 'The story is still live',
    done: 'Off the site. Its text is a draft again.',
    icon: UnpublishIcon,
    tone: 'caution',
    dialog: {
      title: 'Unpublish the story',
      about:
        'It disappears from the site without a word to readers, and its address answers “not found”. Its text stays as a draft. If readers should learn why, kill it instead.',
      confirm: 'Unpublish',
      question: {words: 'reason', label: 'Why?', help: reasonHelp},
    },
  },
  kill: {
    label: 'Kill…',
    working: 'Killing …',
    failed: 'The story was not killed',
    done: 'Killed.',
    icon: CloseCircleIcon,
    tone: 'critical',
    dialog: {
      title: 'Kill the story',
      about: 'Nobody can publish it again until a publisher revives it. Its text stays here.',
      confirm: 'Kill it',
      question: {words: 'reason', label: 'Why?', help: reasonHelp},
    },
  },
  revive: {
    label: 'Revive…',
    working: 'Reviving …',
    failed: 'The story was not revived',
    done: 'Revived. It is a draft again.',
    icon: ResetIcon,
    tone: 'caution',
    dialog: {
      title: 'Revive the story',
      about:
        'It becomes a draft again. If readers found a notice at its address, the notice goes; nothing stands there until the story is published again.',
      confirm: 'Revive it',
      question: {words: 'reason', label: 'Why?', help: reasonHelp},
    },
  },
}

/** What the words are where they depend on the story. */
export function wordsOf(step: StoryStep, stage: Stage): StepWords {
  const words = stepWords[step]
  if (step === 'submit' && stage === 'approved') return {...words, label: 'Submit again'}
  if (step === 'kill' && stage === 'live' && words.dialog) {
    return {
      ...words,
      done: 'Killed. Readers find the notice at its address.',
      dialog: {
        ...words.dialog,
        about:
          'Its text disappears from the site, from lists, search and feeds, and readers find your notice at its address. The text stays here, as a draft that nobody can publish until a publisher revives it.',
        question: {
          words: 'notice',
          label: 'What do readers find instead?',
          help: 'Say why the story is gone without repeating what was wrong in it. It is public.',
          suggestions: [
            'This story was taken down because it was wrong.',
            'This story was taken down for legal reasons.',
          ],
        },
      },
    }
  }
  return words
}

const next: Record<Stage, StoryStep> = {
  draft: 'submit',
  returned: 'submit',
  review: 'approve',
  approved: 'publish',
  scheduled: 'unschedule',
  live: 'republish',
  killed: 'revive',
}

/**
 * The step that usually comes next, for the primary button: a text that was changed since its approval is
 * submitted again, and whoever cannot publish a change submits it.
 */
export function nextStep(stage: Stage, role: RoleName, facts: Facts): StoryStep {
  if (stage === 'approved' && facts.draft && !isApprovedText(facts)) return 'submit'
  if (stage === 'live' && !actionsAt(stage, role).includes('republish')) return 'submitChange'
  return next[stage]
}

/** The steps beside the primary one, in the menu's order; between them stand the actions of breaking news. */
export const menuSteps = {
  first: [
    'republish',
    'publish',
    'publishNow',
    'return',
    'schedule',
    'submitChange',
    'returnChange',
  ],
  last: ['clearUpdateLabel', 'unpublish', 'kill'],
} as const satisfies {[place: string]: readonly StoryStep[]}

/** Whether a step stands in the menu: the table has it at this stage, and it is not the primary one. */
export function inMenu(step: StoryStep, stage: Stage, primary: StoryStep): boolean {
  return step !== primary && stepFor(step, stage) !== undefined
}
