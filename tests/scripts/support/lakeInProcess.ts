import {randomUUID} from 'node:crypto'

import type {SanityClient} from '@sanity/client'
import {onTestFinished} from 'vitest'

import {newsroomGuards} from '../../../editorial/guards.ts'
import {newsroomRoles} from '../../../editorial/roles.ts'
import {openLake} from '../../../lake/server.ts'
import {createLakeClient} from '../../../queries/client.ts'
import {temporaryFolder} from './files.ts'

/** A newsroom's lake in this process until the test is over, by a clock of the test's. */
export async function lakeInProcess(options: {
  clock: {now(): Date}
  publicUrl?: string
  /** Whether writers are held to the newsroom's guards. */
  guarded: boolean
}): Promise<{clientOf(userId: string, role: string): SanityClient}> {
  const {clock, publicUrl = 'http://localhost:4311', guarded} = options
  const quiet = () => {}
  const lake = await openLake({
    dataDirectory: temporaryFolder(),
    projectId: 'dateline',
    datasets: ['production'],
    publicUrl,
    extraHosts: [],
    productName: 'Dateline',
    roles: newsroomRoles,
    ...(guarded ? {guards: newsroomGuards} : {}),
    environment: {
      clock,
      logger: {debug: quiet, info: quiet, warn: quiet, error: quiet},
      newId: randomUUID,
    },
  })
  onTestFinished(() => lake.close())
  return {
    clientOf(userId, role) {
      const inProcess = lake.internalFetch({userId, displayName: userId, role})
      return createLakeClient({
        lake: 'embedded',
        projectId: 'dateline',
        dataset: 'production',
        perspective: 'raw',
        apiHost: publicUrl,
        resolveFetch: () => inProcess,
      })
    },
  }
}
