import type {Stage} from './documents.ts'
import {atLeast, type RoleName} from './roles.ts'

/**
 * Why a story's form does not take words at a stage, and who can do what about it; undefined when it takes them.
 * The store takes a draft's words at every stage all the same: what was typed at the moment of a change of stage
 * is never thrown away.
 */
export function whyReadOnly(stage: Stage, role: RoleName): string | undefined {
  const edits = atLeast(role, 'editor')
  switch (stage) {
    case 'draft':
    case 'returned':
    case 'live':
      return atLeast(role, 'reporter')
        ? undefined
        : 'You read this story and change nothing: your role is viewer.'
    case 'review':
      if (edits) return undefined
      return 'This story is in review. An editor approves it, or returns it to you with a note.'
    case 'approved':
      return edits
        ? 'This text is approved, so that nobody changes it by accident. Return it to change it.'
        : 'This text is approved. An editor publishes it, or returns it to you with a note.'
    case 'scheduled':
      return edits
        ? 'This story goes live by its schedule. Unschedule it and return it to change it.'
        : 'This story goes live by its schedule. An editor can take it off the schedule.'
    case 'killed':
      return atLeast(role, 'publisher')
        ? 'This story was killed. Revive it to work on it again.'
        : 'This story was killed. Only a publisher can revive it.'
    default:
      return stage satisfies never
  }
}
