import {useEffect, useMemo, useState} from 'react'
import {useCurrentUser, useUserStore} from 'sanity'

import {changeSentences, type ChangeMeanwhile} from './changesSince.ts'

const clock = new Intl.DateTimeFormat(undefined, {timeStyle: 'short'})

/** The changes as sentences with the names that people know each other by. */
export function useChangeSentences(changes: readonly ChangeMeanwhile[]): string[] {
  const users = useUserStore()
  const own = useCurrentUser()?.id
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
        (at) => clock.format(new Date(at)),
      ),
    [changes, names, own],
  )
}
