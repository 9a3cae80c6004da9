import {CalendarIcon} from '@sanity/icons/Calendar'
import {CheckmarkCircleIcon} from '@sanity/icons/CheckmarkCircle'
import {EarthGlobeIcon} from '@sanity/icons/EarthGlobe'
import {EyeOpenIcon} from '@sanity/icons/EyeOpen'
import {TaskIcon} from '@sanity/icons/Task'
import {UndoIcon} from '@sanity/icons/Undo'
import {UserIcon} from '@sanity/icons/User'
import {WarningOutlineIcon} from '@sanity/icons/WarningOutline'
import type {ComponentType} from 'react'

import {picturesLookedAt, type DeskList} from '../../queries/desk.ts'

/** What people call a desk list, what it says when nothing stands in it, and what one has to know of it. */
export type DeskTitle = {title: string; icon: ComponentType; empty: string; about?: string}

export const deskTitles: Record<DeskList, DeskTitle> = {
  mine: {
    title: 'Mine',
    icon: UserIcon,
    empty: 'No story is assigned to you.',
  },
  review: {
    title: 'Waiting for review',
    icon: EyeOpenIcon,
    empty: 'No story waits for review.',
  },
  returned: {
    title: 'Returned',
    icon: UndoIcon,
    empty: 'No story was sent back to its author.',
  },
  approved: {
    title: 'Approved',
    icon: CheckmarkCircleIcon,
    empty: 'No approved story waits to be published.',
  },
  changed: {
    title: 'Changed after approval',
    icon: WarningOutlineIcon,
    empty: 'No story was changed after its approval.',
  },
  scheduled: {
    title: 'Scheduled',
    icon: CalendarIcon,
    empty: 'No story is scheduled.',
  },
  today: {
    title: 'Live today',
    icon: EarthGlobeIcon,
    empty: 'No story has gone live today.',
  },
  followUp: {
    title: 'Follow-up',
    icon: TaskIcon,
    empty: 'Nothing needs looking after.',
    about: `Questions from imports, update labels past their hours, schedules that failed, and pictures that are missing or described by their caption, in the ${picturesLookedAt} stories changed last.`,
  },
}
