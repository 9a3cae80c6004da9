import {fork, type ChildProcess} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'

import {z} from 'zod'

import type {ReadersCommand} from './readersMessages.ts'

const heard = z.object({is: z.literal('heard'), readers: z.number()})
const report = z.object({
  is: z.literal('report'),
  requests: z.number(),
  broken: z.number(),
  heard: z.number(),
  first: z.number(),
  median: z.number(),
  ninetyNinth: z.number(),
  last: z.number(),
})
export type Delays = z.infer<typeof report>

export type Readers = {
  /** How many have heard of a toggle so far. */
  heard(toggle: number): Promise<number>
  /** Adds readers that never read. */
  stall(readers: number): void
  /** `sent`: when each toggle was confirmed, by the steady clock; the first `after` of them are left out. */
  report(sent: readonly number[], after?: number): Promise<Delays>
}

export type ReaderOptions = {
  port: string
  count: number
  /** Asks a path again and again instead of following the stream. */
  poll?: {path: string; pause: number}
}

/** Runs with that many readers of a process of their own, all of them connected. */
export async function withReaders<Answer>(
  {port, count, poll}: ReaderOptions,
  run: (readers: Readers) => Promise<Answer>,
): Promise<Answer> {
  const how = poll ? ['poll', poll.path, String(poll.pause)] : ['stream']
  const program = join(import.meta.dirname, 'readersProgram.ts')
  const child = fork(program, [port, String(count), ...how])
  const ended = once(child, 'exit')
  try {
    await Promise.race([
      once(child, 'message'),
      ended.then(() => {
        throw new Error('The readers ended before they were connected.')
      }),
    ])
    return await run({
      heard: async (toggle) => (await asked(child, {do: 'heard', toggle}, heard)).readers,
      stall: (readers) => send(child, {do: 'stall', readers}),
      report: (sent, after = 0) => asked(child, {do: 'report', sent, after}, report),
    })
  } finally {
    send(child, {do: 'stop'})
    await ended
  }
}

function send(child: ChildProcess, command: ReadersCommand): void {
  if (child.connected) child.send(command)
}

async function asked<Model extends z.ZodType>(
  child: ChildProcess,
  command: ReadersCommand,
  model: Model,
): Promise<z.infer<Model>> {
  const answer = once(child, 'message')
  send(child, command)
  return model.parse((await answer)[0])
}
