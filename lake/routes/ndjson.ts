import type {Context} from 'hono'
import {stream} from 'hono/streaming'

import type {LakeHonoEnv} from './environment.ts'

/**
 * An answer of a line of JSON a value. What fails before the first line is an error like any other; after it the
 * status has gone out, so that a last line says what happened: an answer must never look whole when it is not.
 */
export async function answerLines(
  context: Context<LakeHonoEnv>,
  values: AsyncIterable<object>,
): Promise<Response> {
  const iterator = values[Symbol.asyncIterator]()
  let next = await iterator.next()
  // The Studio reads line by line, and refuses anything that calls itself JSON.
  context.header('content-type', 'application/x-ndjson')
  return stream(context, async (lines) => {
    try {
      while (next.done !== true && !lines.aborted) {
        await lines.write(lineOf(next.value))
        next = await iterator.next()
      }
    } catch (error) {
      const {requestId, environment} = context.var
      environment.logger.error({requestId, err: error}, 'An answer broke off')
      const description = `The answer broke off here. The server's log names the cause under the request id ${requestId}.`
      await lines.write(lineOf({error: {type: 'internalError', description}}))
    } finally {
      await iterator.return?.()
    }
  })
}

/** One value as a line of its own. */
export function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`
}
