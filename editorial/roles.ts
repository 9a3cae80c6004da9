import {roles, type Grant} from '../schemas/roles.ts'

export type RoleName = (typeof roles)[number]['name']

/** The names of the roles, lowest first. */
export const roleNames: readonly RoleName[] = roles.map(({name}) => name)

export type Role = {name: RoleName; title: string; description: string; grants: Grant[]}

/**
 * The newsroom's roles, lowest first, as grants in the form of Sanity's access control lists. Each may do
 * all that the ones before it may. Deleting asks for `update`, as the Studio does.
 */
export const newsroomRoles: readonly Role[] = roles.map(({name, title, description}, place) => ({
  name,
  title,
  description,
  grants: roles.slice(0, place + 1).flatMap((role): Grant[] => [...role.adds]),
}))

/** Whether a role may do what `needed` may; false for a name that is no role of the newsroom's. */
export function atLeast(role: string, needed: RoleName): boolean {
  const place = roleNames.findIndex((name) => name === role)
  return place >= roleNames.indexOf(needed)
}

/** Why somebody with `role` may not do what `needed` may, as a button's sentence; undefined when they may. */
export function roleReason(role: RoleName, needed: RoleName, deed: string): string | undefined {
  if (atLeast(role, needed)) return undefined
  const article = /^[aeiou]/.test(needed) ? 'an' : 'a'
  return `You cannot ${deed}: that takes the role ${needed}, and yours is ${role}. Ask ${article} ${needed}.`
}
