import type {SanityClient} from '@sanity/client'
import {describe, expect, test} from 'vitest'

import {errorOf} from '../support/errorOf.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

async function withLake(use: (lake: RunningLake) => Promise<void>) {
  const lake = await startLake()
  try {
    await use(lake)
  } finally {
    await lake.close()
  }
}

/** Statuses on which the Studio throws away what an editor typed, instead of trying again (checkoutPair). */
const terminal = [400, 401, 402, 403, 404, 409, 410, 412, 413, 422]

const publish = (client: SanityClient) =>
  client.action({
    actionType: 'sanity.action.document.publish',
    draftId: 'drafts.x',
    publishedId: 'x',
  })

describe('a commit that fails', () => {
  // The Studio reads `error.response.body.error.type` of every failed commit, and crashes where there is no `error`.
  test('carries an error and is final only where trying again cannot help', async () => {
    await withLake(async (lake) => {
      const editor = await lake.clientFor('editor')
      const viewer = await lake.clientFor('viewer')
      const note = {_id: 'x', _type: 'note'}
      await editor.create(note)
      const failures = [
        await errorOf(lake.anonymousClient().create(note)),
        await errorOf(lake.anonymousClient({token: 'unknown'}).create(note)),
        await errorOf(viewer.create({_type: 'note'})),
        await errorOf(publish(viewer)),
        await errorOf(editor.create(note)),
        await errorOf(publish(editor)),
        await errorOf(editor.withConfig({dataset: 'none'}).create(note)),
        await errorOf(editor.withConfig({apiVersion: '2023-01-01'}).action([])),
        await errorOf(editor.create({_id: '..', _type: 'note'})),
        await errorOf(editor.create({_type: 'note', text: 'x'.repeat(4_000_001)})),
      ]

      expect(
        failures.map((failure) => {
          const {status, error} = Object(failure)
          return [status, error?.type ?? error, terminal.includes(status)]
        }),
      ).toEqual([
        [401, 'Unauthorized', true],
        [401, 'Unauthorized', true],
        [403, 'mutationError', true],
        [409, 'actionError', true],
        [409, 'mutationError', true],
        [409, 'actionError', true],
        [404, 'Not Found', true],
        [400, 'Bad Request', true],
        [400, 'Bad Request', true],
        [413, 'Payload Too Large', true],
      ])
    })
  })

  test('for want of permission names it', async () => {
    await withLake(async (lake) => {
      const viewer = await lake.clientFor('viewer')

      const description = 'Insufficient permissions; permission "create" required'
      expect(await errorOf(viewer.create({_id: 'x', _type: 'note'}))).toEqual({
        status: 403,
        error: {
          type: 'mutationError',
          description: `transaction failed: ${description}`,
          items: [
            {
              index: 0,
              error: {type: 'insufficientPermissionsError', permission: 'create', description},
            },
          ],
        },
      })
    })
  })

  test('because the store does is no fault of the editor, who keeps the text', async () => {
    await withLake(async (lake) => {
      const editor = await lake.clientFor('editor')
      await lake.lake.dataset('production').close()

      expect(await errorOf(editor.create({_type: 'note'}))).toEqual({
        status: 500,
        statusCode: 500,
        error: 'Internal Server Error',
        message: expect.stringMatching(
          /^Something went wrong on the server\. Its log names the cause under the request id [0-9a-f-]{36}\.$/,
        ),
      })
    })
  })

  test('while the lake closes is to be tried again', async () => {
    await withLake(async (lake) => {
      const editor = await lake.clientFor('editor')
      await lake.lake.close()

      expect(await errorOf(editor.create({_type: 'note'}))).toEqual({
        status: 503,
        statusCode: 503,
        error: 'Service Unavailable',
        message: 'The server is stopping. Try again in a moment.',
      })
    })
  })
})
