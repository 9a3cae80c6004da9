import {useMemo} from 'react'
import {useClient, useCurrentUser, useUserStore} from 'sanity'

import {apiVersion} from '../currentSettings.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import type {Hands} from './leaseSteps.ts'

/** The person who works at the breaking desk here, for its steps. */
export function useHands(): Hands {
  const client = useClient({apiVersion})
  const users = useUserStore()
  const by = useCurrentUser()?.id ?? 'unknown'
  const {
    times: {clock},
  } = useNewsroomClock()
  return useMemo(
    () => ({
      client,
      by,
      clock,
      nameOf: async (userId) => {
        if (userId === by) return 'You, in another window,'
        const user = await users.getUser(userId).catch(() => null)
        return user?.displayName || 'Somebody'
      },
    }),
    [client, users, by, clock],
  )
}
