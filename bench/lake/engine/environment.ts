import {randomUUID} from 'node:crypto'

import {createCallers} from '../../../lake/access/callers.ts'
import type {Role} from '../../../lake/access/roles.ts'
import type {LakeEnvironment} from '../../../lake/environment.ts'
import {newsroomNow} from '../../newsroom/stories.ts'

/** Someone who may do everything, decided by one cheap grant. */
export const benchRoles: readonly Role[] = [
  {
    name: 'administrator',
    title: 'Administrator',
    description: 'May do everything.',
    grants: [
      {
        filter: '_id in path("**")',
        permissions: ['read', 'create', 'update', 'history', 'editHistory', 'manage'],
      },
    ],
  },
]

export const benchIdentity = {userId: 'bench', displayName: 'Bench', role: 'administrator'}

/** A clock that begins at `newsroomNow` and goes on: leases are live and dead as they were when they were made. */
export function benchEnvironment(): LakeEnvironment {
  const quiet = () => undefined
  const complain = (fields: object, message: string) => console.error(message, fields)
  const clock = {now: () => new Date(newsroomNow.getTime() + performance.now())}
  return {
    clock,
    logger: {debug: quiet, info: quiet, warn: complain, error: complain},
    newId: randomUUID,
  }
}

/** Who asks in process: readers as anyone, writers as somebody who may do everything. */
export function benchCallers(environment: LakeEnvironment) {
  const callers = createCallers(benchRoles, environment.clock)
  return {reader: callers.anonymous, writer: callers.internal(benchIdentity)}
}
