import {ClockIcon} from '@sanity/icons/Clock'
import {UserIcon} from '@sanity/icons/User'
import type {DocumentInspector} from 'sanity'

import {Assignment} from './Assignment.tsx'
import {StoryLog} from './StoryLog.tsx'

const storyInspectors: DocumentInspector[] = [
  {
    name: 'dateline/assignment',
    component: Assignment,
    useMenuItem: () => ({title: 'Assignment', icon: UserIcon, showAsAction: true}),
  },
  {
    name: 'dateline/storyLog',
    component: StoryLog,
    useMenuItem: () => ({title: 'Story log', icon: ClockIcon, showAsAction: true}),
  },
]

/** What opens beside the form: for stories, who looks after them and what was done to them. */
export function inspectorsFor(schemaType: string, stock: DocumentInspector[]): DocumentInspector[] {
  return schemaType === 'article' ? [...stock, ...storyInspectors] : stock
}
