import {join} from 'node:path'

import {z} from 'zod'

import {withProgram} from '../support/program.ts'
import type {NewsroomFolder} from './engine/dataFolder.ts'

const lakeReady = z.object({origin: z.url(), token: z.string()})
const limitReady = z.object({origin: z.url()})

/** Where both servers answer; `token` is that of somebody who may write to the lake. */
export type Servers = {lake: z.infer<typeof lakeReady>; limit: z.infer<typeof limitReady>}

/** Runs with the real lake on a folder and hand-written SQL on its limit's file, each in a process of its own. */
export function withServers<Answer>(
  {directory, limitFile}: NewsroomFolder,
  bareFile: string,
  run: (servers: Servers) => Promise<Answer>,
): Promise<Answer> {
  const lakeProgram = join(import.meta.dirname, 'engine', 'server.ts')
  const limitProgram = join(import.meta.dirname, 'limit', 'server.ts')
  return withProgram(lakeProgram, [directory], (lake) =>
    withProgram(limitProgram, [limitFile, bareFile], (limit) =>
      run({
        lake: lakeReady.parse(JSON.parse(lake)),
        limit: limitReady.parse(JSON.parse(limit)),
      }),
    ),
  )
}
