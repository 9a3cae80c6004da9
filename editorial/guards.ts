import {articleGuards} from './guards/articles.ts'
import {hasRole} from './guards/groq.ts'
import type {Guard} from './guards/guard.ts'
import {leaseGuards} from './guards/leases.ts'
import {stateGuards} from './guards/states.ts'

export type {Guard} from './guards/guard.ts'

/** Guards of what belongs to no story. */
const otherGuards: readonly Guard[] = [
  {
    name: 'typeStays',
    sentence: 'A document stays what it is. Make a new one of the other type.',
    applies: 'defined(before()) && defined(after()) && before()._type != after()._type',
    allows: 'false',
  },
  {
    name: 'settings',
    sentence:
      'The newsroom’s settings are changed by an administrator and never deleted. Ask an administrator.',
    applies: '"siteSettings" in [before()._type, after()._type]',
    allows: `defined(after()) && ${hasRole('administrator')}`,
  },
]

/**
 * The newsroom's rules for its store: whatever the Studio's buttons refuse, the store refuses too, whoever
 * asks. They judge stages, published documents and breaking news, never the edits of a draft.
 */
export const newsroomGuards: readonly Guard[] = [
  ...stateGuards,
  ...articleGuards,
  ...leaseGuards,
  ...otherGuards,
]
