import {createMiddleware} from 'hono/factory'

import {sessionNotFound} from '../access/authentication.ts'
import type {Caller} from '../access/caller.ts'
import {httpError} from '../errors.ts'
import type {LakeHonoEnv} from './environment.ts'

/** Lets only people, tokens and the program itself pass. Throws `LakeError` `sessionNotFound` (401). */
export const signedIn = createMiddleware<LakeHonoEnv>(async (context, next) => {
  if (context.get('caller').kind === 'anonymous') throw sessionNotFound()
  return await next()
})

/** Lets only those pass who may manage the whole lake. Throws `LakeError` 401 or `notPermitted` (403). */
export const administrator = createMiddleware<LakeHonoEnv>(async (context, next) => {
  requireAdministrator(context.var.caller)
  return await next()
})

/** Throws `LakeError` 401 or `notPermitted` (403) unless the caller may manage the whole lake. */
export function requireAdministrator(
  caller: Caller,
  sentence = 'Only administrators may see this.',
): void {
  if (caller.kind === 'anonymous') throw sessionNotFound()
  const lakeItself = {_id: '_.lake', _type: 'system.lake', _rev: '', _createdAt: '', _updatedAt: ''}
  if (!caller.may('manage', lakeItself)) {
    throw httpError(403, 'notPermitted', sentence)
  }
}
