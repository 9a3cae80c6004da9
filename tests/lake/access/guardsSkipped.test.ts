import {describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {errorOf} from '../support/errorOf.ts'
import {chief, editor, log, running} from './sealedPages.ts'

describe('skipping the guards', () => {
  const skip = (reason?: string) =>
    `/v2025-02-19/data/mutate/production?skipGuards=true${reason === undefined ? '' : `&skipGuardsReason=${encodeURIComponent(reason)}`}`
  const mutation = {patch: {id: 'sealed', set: {title: 'Past'}}}
  const send = async (path: string, role: string, body: object = {}) =>
    await ask(running, path, {
      token: await running.tokenFor(role),
      json: {mutations: [mutation], transactionId: 'past', ...body},
    })

  test('is for administrators, with a reason', async () => {
    expect(await send(skip('Restoring'), 'editor')).toMatchObject({
      status: 403,
      body: {message: 'Only administrators may skip the guards.'},
    })
    for (const reason of [undefined, ' ', 'x'.repeat(1_001)]) {
      expect(await send(skip(reason), 'administrator')).toMatchObject({
        status: 400,
        body: {
          message: 'Say why the guards are skipped: "skipGuardsReason", with 1 to 1000 characters.',
        },
      })
    }
    expect(await editor.getDocument('sealed')).toMatchObject({title: 'Sealed'})
  })

  test('is logged, and listed for administrators', async () => {
    expect(await send(skip('Restoring Monday'), 'administrator')).toMatchObject({status: 200})
    expect(await editor.getDocument('sealed')).toMatchObject({title: 'Past'})
    const list = '/v2025-02-19/data/skipped-guards/production'
    const listed = await ask(running, list, {token: await running.tokenFor('administrator')})
    const userId = expect.stringMatching(/^r/)
    expect(listed.body).toEqual({
      skipped: [
        {
          transactionId: 'past',
          at: expect.stringMatching(/^2026-/),
          userId,
          reason: 'Restoring Monday',
          documentIds: ['sealed'],
        },
      ],
    })
    expect((await ask(running, list, {token: await running.tokenFor('editor')})).status).toBe(403)
    expect((await ask(running, list)).status).toBe(401)
    expect(log.lines.filter(({level}) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'guards were skipped',
        fields: {
          transactionId: 'past',
          userId,
          reason: 'Restoring Monday',
          dataset: 'production',
          documents: 1,
        },
      },
    ])
  })

  test('leaves a record that nobody can take away, and none of what did nothing', async () => {
    await send(skip('A rehearsal').concat('&dryRun=true'), 'administrator')
    const nothing = {mutations: [{delete: {id: 'nobody'}}], transactionId: 'nothing'}
    await send(skip('Nothing'), 'administrator', nothing)
    const records = '*[_type == "system.skippedGuards"]'
    expect(await chief.fetch(`count(${records})`)).toBe(0)

    await send(skip('Restoring'), 'administrator')
    expect(await errorOf(chief.delete({query: records}))).toMatchObject({status: 403})
    const anew = {mutations: [{delete: {query: records}}], transactionId: 'anew'}
    expect(await send(skip('Hiding it'), 'administrator', anew)).toMatchObject({status: 403})
    expect(await chief.fetch(`${records}.reason`)).toEqual(['Restoring'])
    expect(await running.anonymousClient().fetch(`count(${records})`)).toBe(0)
  })

  test('holds for actions too', async () => {
    const path = skip('Taking it down').replace('mutate', 'actions')
    const unpublish = {
      actionType: 'sanity.action.document.unpublish',
      draftId: 'drafts.sealed',
      publishedId: 'sealed',
    }
    expect(await send(path, 'administrator', {actions: [unpublish]})).toMatchObject({status: 200})
    expect(await editor.getDocument('sealed')).toBeUndefined()
  })
})
