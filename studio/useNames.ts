import {useCallback, useEffect, useState} from 'react'
import {useCurrentUser, useUserStore} from 'sanity'

/**
 * Names of people by their ids, loaded once for each. The answer says "you" for the person themselves and `unknown` for
 * whoever is not known (yet). `ids` may hold the same one many times.
 */
export function useNames(
  ids: readonly (string | undefined)[],
  unknown = 'somebody',
): (id: string | undefined) => string {
  const users = useUserStore()
  const own = useCurrentUser()?.id
  const [names, setNames] = useState<{[userId: string]: string}>({})
  const wanted = [...new Set(ids.filter((id) => id !== undefined))].sort().join(' ')
  useEffect(() => {
    if (wanted === '') return undefined
    let current = true
    const ask = async () => {
      const found = await users.getUsers(wanted.split(' '))
      const named = found.flatMap((user) => (user ? [[user.id, user.displayName ?? '']] : []))
      if (current) setNames((before) => ({...before, ...Object.fromEntries(named)}))
    }
    void ask().catch(() => undefined)
    return () => {
      current = false
    }
  }, [users, wanted])
  return useCallback(
    (id) => (id !== undefined && id === own ? 'you' : (id && names[id]) || unknown),
    [names, own, unknown],
  )
}
