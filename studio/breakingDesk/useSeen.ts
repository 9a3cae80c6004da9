import {useCurrentUser} from 'sanity'

import type {DeskLogLine} from '../../queries/breakingDesk.ts'
import {useAsRead} from '../useAsRead.ts'

/** Nobody reads within this time what somebody else has just done, and decides upon it. */
const readingMilliseconds = 1000

/**
 * The `_key` of the last line of a log that the person can have read. A click that was on its way when somebody else's
 * change came is a click on what was there before.
 */
export function useSeen(log: readonly DeskLogLine[]): string {
  const me = useCurrentUser()?.id
  const last = log.at(-1)
  const key = last?._key ?? ''
  const seen = useAsRead(key, readingMilliseconds)
  return last?.by === me ? key : seen
}
