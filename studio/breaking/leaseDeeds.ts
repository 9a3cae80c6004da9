import {minute} from '../../editorial/time.ts'
import type {DeskLogLine} from '../../queries/breakingDesk.ts'

type Deed = {
  did: DeskLogLine['did']
  until?: string | undefined
  reason?: string | undefined
}

/** What a line of a lease's log tells, to be read after a name: "extended it until 14:35 UTC". */
export function deedOf({did, until, reason}: Deed, clock: (at: string) => string): string {
  const end = until === undefined ? '' : ` until ${clock(until)}`
  switch (did) {
    case 'plan':
      return 'planned it'
    case 'start':
      return `put it before readers${end}`
    case 'extend':
      return `extended it${end}`
    case 'end':
      return 'ended it'
    case 'withdraw':
      return 'withdrew it'
    case 'link':
      return 'linked it to a story'
    case 'level':
      return reason === undefined ? 'changed its level' : `changed its level (${reason})`
  }
}

/** When something happened, as somebody says who was there: "a moment ago", "3 minutes ago", "at 14:05 UTC". */
export function whenOf(at: string, now: Date, clock: (at: string) => string): string {
  const age = now.getTime() - Date.parse(at)
  if (age < minute) return 'a moment ago'
  if (age < 2 * minute) return 'a minute ago'
  return age < 10 * minute ? `${Math.floor(age / minute)} minutes ago` : `at ${clock(at)}`
}
