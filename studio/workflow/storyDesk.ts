import {createContext, useContext, type ReactElement} from 'react'

import {breakingRefusal} from '../../editorial/breakableStory.ts'
import type {Stage} from '../../editorial/documents.ts'
import type {Facts} from '../../editorial/needs.ts'
import type {RoleName} from '../../editorial/roles.ts'
import type {Settled} from '../publishing/settled.ts'
import type {StoryStep} from './storySteps.ts'

/** A story as its form shows it now: where it stands, and what the rules judge by. */
export type StoryDesk = {
  id: string
  type: string
  role: RoleName
  /** Undefined until the lake has said where the story stands. */
  stage: Stage | undefined
  facts: Facts
  timeZone: string
  settled: Settled
  /** The live story carries the update flag. */
  labelled: boolean
  /** Whether it can be deleted, or why not. */
  deletable: true | string
  /** The revisions that are on screen. */
  revisions: Revisions
  /** Whether what can be done has changed a moment ago, so that a click that comes now was meant for something else. */
  hasJustMoved: boolean
  /** The step that is being taken. */
  working: StoryStep | undefined
  /** Takes a step, or opens its dialog. */
  take: (step: StoryStep) => void
  /** Shows a dialog that stays whatever becomes of the button that opened it; undefined takes it away. */
  show: (dialog: ReactElement | undefined) => void
}

/** What is known of a story, apart from what can be done with it. */
export type KnownStory = Omit<StoryDesk, 'take' | 'show' | 'working' | 'hasJustMoved'>

/** Revisions of a story's documents; absent for those that are not there. */
export type Revisions = {
  draft: string | undefined
  live: string | undefined
  state: string | undefined
}

/** Why breaking news may not speak of the story as it stands now; undefined when it may, and while that is not known. */
export function whyNotBroken({stage, facts, revisions, timeZone}: StoryDesk): string | undefined {
  if (stage === undefined) return undefined
  const story = {
    killed: stage === 'killed',
    isLive: revisions.live !== undefined,
    embargoUntil: facts.draft?.embargoUntil,
  }
  return breakingRefusal(story, {now: facts.now, timeZone})
}

/** Given by `StoryLayout` to everything in a story's pane. */
export const StoryDeskContext = createContext<StoryDesk | undefined>(undefined)

/** The story of the pane; undefined in panes of other documents. */
export function useStoryDesk(): StoryDesk | undefined {
  return useContext(StoryDeskContext)
}
