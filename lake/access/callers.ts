import type {Clock} from '../environment.ts'
import type {User} from '../store/accountsUsers.ts'
import type {Caller} from './caller.ts'
import {allows, compileAnonymous, compileRoles, type CompiledRole} from './grants.ts'
import type {Role} from './roles.ts'

/** Somebody who acts in process: a part of the program, or `anonymous` for what anyone may do. */
export type InternalIdentity = {userId: string; displayName: string; role: string} | 'anonymous'

/** Makes callers of users, by the roles that the lake was opened with. */
export type Callers = {
  anonymous: Caller
  of(kind: 'session' | 'token', user: User): Caller
  internal(identity: Exclude<InternalIdentity, 'anonymous'>): Caller
  /** The role of that name; a role that was taken out of the program grants nothing any more. */
  role(name: string): Role | undefined
}

/** Compiles the roles. Throws `LakeError` `roleInvalid`. */
export function createCallers(roles: readonly Role[], clock: Clock): Callers {
  const compiled = compileRoles(roles, clock)
  return {
    anonymous: makeCaller('anonymous', 'anonymous', 'Anonymous', [], compileAnonymous(clock)),
    of: (kind, user) => makeCaller(kind, user.id, user.name, [user.role], compiled.get(user.role)),
    internal: ({userId, displayName, role}) =>
      makeCaller('internal', userId, displayName, [role], compiled.get(role)),
    role: (name) => compiled.get(name)?.role,
  }
}

function makeCaller(
  kind: Caller['kind'],
  userId: string,
  displayName: string,
  roles: readonly string[],
  compiled: CompiledRole | undefined,
): Caller {
  return {
    kind,
    userId,
    displayName,
    roles,
    reads: compiled?.reads ?? 'public',
    may: (permission, document) => allows(compiled, permission, document, userId),
  }
}
