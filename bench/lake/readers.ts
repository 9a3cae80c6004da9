import {join} from 'node:path'

import {z} from 'zod'

import {startProgram} from '../support/program.ts'

const told = z.object({answers: z.number(), seconds: z.number()})

/** How long a reader pauses between an answer and the next question, in milliseconds: not at all, or as people do. */
export const pauses = {calm: 100, none: 0} as const

/** Runs while 64 connections of another process ask for `paths` in turn. */
export async function withReaders<Answer>(
  {origin, paths, pause}: {origin: string; paths: readonly string[]; pause: number},
  run: () => Promise<Answer>,
): Promise<{answer: Answer; perSecond: string}> {
  const file = join(import.meta.dirname, 'readersProgram.ts')
  const program = await startProgram(file, [origin, String(pause), ...paths])
  try {
    const answer = await run()
    const {answers, seconds} = told.parse(JSON.parse(await program.stop()))
    return {answer, perSecond: Math.round(answers / seconds).toLocaleString('en')}
  } catch (error) {
    await program.stop()
    throw error
  }
}
