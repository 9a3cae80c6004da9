import {Hono} from 'hono'
import {expect, test} from 'vitest'

import type {LakeHonoEnv} from './environment.ts'
import {answerLines} from './ndjson.ts'

/** Asks a route that answers with these values, and logs what goes wrong. */
async function ask(values: () => AsyncIterable<object>) {
  const logged: string[] = []
  const note = (_fields: object, message: string) => {
    logged.push(message)
  }
  const logger = {debug: note, info: note, warn: note, error: note}
  const app = new Hono<LakeHonoEnv>()
  app.use(async (context, next) => {
    context.set('requestId', 'r1')
    context.set('environment', {logger, clock: {now: () => new Date(0)}, newId: () => 'id'})
    await next()
  })
  app.onError((error, context) => context.text(error.message, 500))
  app.get('/', (context) => answerLines(context, values()))
  const answer = await app.request('/')
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
    logged,
  }
}

test('every value is a line', async () => {
  async function* values() {
    yield {text: 'line\nbreak'}
    yield {}
  }

  expect(await ask(values)).toEqual({
    status: 200,
    type: 'application/x-ndjson',
    text: '{"text":"line\\nbreak"}\n{}\n',
    logged: [],
  })
})

test('nothing is an empty answer', async () => {
  expect(await ask(async function* () {})).toMatchObject({status: 200, text: ''})
})

test('what fails before the first line is an error', async () => {
  async function* values(): AsyncGenerator<object> {
    yield await Promise.reject(new Error('The disk is gone'))
  }

  expect(await ask(values)).toMatchObject({status: 500, text: 'The disk is gone'})
})

test('what fails later says so in a last line', async () => {
  async function* values() {
    yield {one: 1}
    throw new Error('The disk is gone')
  }

  expect(await ask(values)).toEqual({
    status: 200,
    type: 'application/x-ndjson',
    text: `{"one":1}\n${JSON.stringify({
      error: {
        type: 'internalError',
        description:
          "The answer broke off here. The server's log names the cause under the request id r1.",
      },
    })}\n`,
    logged: ['An answer broke off'],
  })
})
