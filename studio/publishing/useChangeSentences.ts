import {useEffect, useMemo, useState} from 'react'
import {useCurrentUser, useUserStore} from 'sanity'

import {readableTime} from '../../editorial/zones.ts'
import {useStoryDesk} from '../workflow/storyDesk.ts'
import {changeSentences, type ChangeMeanwhile} from './changesSince.ts'

/** The changes as sentences with the names that people know each other by. */
export function useChangeSentences(changes: readonly ChangeMeanwhile[]): string[] {
  const users = useUserStore()
  const own = useCurrentUser()?.id
  const timeZone = useStoryDesk()?.timeZone
  const [names, setNames] = useState<{[userId: string]: string}>({})
  useEffect(() => {
    let current = true
    const ids = changes.flatMap(({by}) => (by === undefined ? [] : [by]))
    const ask = async () => {
      const found = await users.getUsers([...new Set(ids)])
      const named = found.flatMap((user) => (user ? [[user.id, user.displayName ?? '']] : []))
      if (current) setNames(Object.fromEntries(named))
    }
    void ask()
    return () => {
      current = false
    }
  }, [users, changes])
  return useMemo(
    () =>
      changeSentences(
        changes,
        (id) => (id === own ? 'You, in another window,' : names[id] || 'Somebody'),
        (at) => readableTime(at, timeZone),
      ),
    [changes, names, own, timeZone],
  )
}
