import {useMemo} from 'react'
import {useCurrentUser} from 'sanity'
import {z} from 'zod'

import {roleNames, type RoleName} from '../editorial/roles.ts'
import {studioSettings} from './currentSettings.ts'
import {listenedQuery, useListened} from './useListened.ts'

const memberRole = listenedQuery<RoleName | null>({
  fetch: '*[_id == $id][0].role',
  listen: '*[_id == $id]',
  model: z.enum(roleNames).nullable().catch(null),
})

/**
 * The current user's role in the newsroom. On the embedded lake it comes with the user, and the lake holds
 * to it; on Sanity's it is the document `newsroom.member.<userId>`, and the project's administrators are
 * ours (somebody has to write the first such document). Somebody without a role only reads.
 */
export const useNewsroomRole: () => RoleName =
  studioSettings.lake === 'embedded' ? useEmbeddedRole : useHostedRole

function useEmbeddedRole(): RoleName {
  const user = useCurrentUser()
  return highestRole(user?.roles.map(({name}) => name) ?? [])
}

function useHostedRole(): RoleName {
  const user = useCurrentUser()
  const params = useMemo(() => ({id: `newsroom.member.${user?.id ?? ''}`}), [user?.id])
  const member = useListened(memberRole, params)
  const administrates = user?.roles.some(({name}) => name === 'administrator') ?? false
  if (administrates) return 'administrator'
  return (member.state === 'ready' && member.value) || 'viewer'
}

/** The highest of the newsroom's roles among `names`; names of other roles count for nothing. */
export function highestRole(names: readonly string[]): RoleName {
  return roleNames.findLast((role) => names.includes(role)) ?? 'viewer'
}
