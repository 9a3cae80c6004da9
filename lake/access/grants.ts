import type {LakeDocument} from '../documents/document.ts'
import type {Clock} from '../environment.ts'
import {LakeError} from '../errors.ts'
import {parseCondition, type DocumentFilter} from '../query/filter.ts'
import type {Caller, Permission} from './caller.ts'
import {anonymousGrants, type Grant, type Role} from './roles.ts'

type CompiledGrant = {
  permissions: ReadonlySet<Permission>
  allows(document: LakeDocument, identity: string): boolean
}

/** A role's grants, ready to be asked. */
export type CompiledRole = {role: Role; reads: Caller['reads']; grants: readonly CompiledGrant[]}

/** The predicate of a grant over every document, which needs no evaluation. */
const everyDocument = '_id in path("**")'

/**
 * Compiles roles once, at start. Throws `LakeError` `roleInvalid` when a filter is no GROQ, so that
 * a misspelt grant stops the program instead of quietly locking people out.
 */
export function compileRoles(
  roles: readonly Role[],
  clock: Clock,
): ReadonlyMap<string, CompiledRole> {
  return new Map(roles.map((role) => [role.name, compileRole(role, clock)]))
}

/** Whether a caller with these grants may do something to the document as it is given. */
export function allows(
  compiled: CompiledRole | undefined,
  permission: Permission,
  document: LakeDocument,
  identity: string,
): boolean {
  return (
    compiled?.grants.some(
      (grant) => grant.permissions.has(permission) && grant.allows(document, identity),
    ) ?? false
  )
}

/** What nobody in particular may do. */
export function compileAnonymous(clock: Clock): CompiledRole {
  const role = {name: 'anonymous', title: 'Anonymous', description: '', grants: anonymousGrants}
  return compileRole(role, clock)
}

function compileRole(role: Role, clock: Clock): CompiledRole {
  const grants = role.grants.map((grant) => compileGrant(role, grant, clock))
  return {role, grants, reads: readsEverything(grants) ? 'everything' : 'public'}
}

/**
 * Whether grants open reading as a whole: a published document and a private one of a type that no grant
 * can name. Half-open reading (some types' drafts only) is read as published documents only, never as more.
 */
function readsEverything(grants: readonly CompiledGrant[]): boolean {
  return ['a', 'drafts.a', 'a.b'].every((id) => {
    const probe = {_id: id, _type: 'access.probe', _rev: '', _createdAt: '', _updatedAt: ''}
    return grants.some(
      (grant) => grant.permissions.has('read') && grant.allows(probe, 'access.probe'),
    )
  })
}

function compileGrant(role: Role, grant: Grant, clock: Clock): CompiledGrant {
  const permissions = new Set(grant.permissions)
  if (grant.filter === everyDocument) return {permissions, allows: () => true}
  const filter = parseFilter(role, grant.filter)
  return {
    permissions,
    allows: (document, identity) => filter.matches(document, {identity, now: clock.now()}),
  }
}

function parseFilter(role: Role, filter: string): DocumentFilter {
  try {
    return parseCondition(filter)
  } catch (cause) {
    const message = `The role "${role.name}" has a grant that is not a GROQ filter: ${filter}`
    const body = {statusCode: 500, error: 'Internal Server Error', message}
    throw new LakeError('roleInvalid', 500, message, body, cause)
  }
}
