import {existsSync, readdirSync, rmSync} from 'node:fs'
import {dirname, join} from 'node:path'

import {expect} from 'vitest'

import {newsroomRoles} from '../../../../editorial/roles.ts'
import {startLake} from '../../../lake/support/startLake.ts'
import {clientWith} from '../../../scripts/support/product.ts'
import {runScript, type Ending} from '../../../scripts/support/script.ts'
import {plannedBurst, sendBurst, type Entry} from '../burst.ts'
import {expectWhole} from '../killedBurst.ts'
import type {CrashFolder, CrashKind} from './crash.ts'

const size = 160

const copyOf = ({data}: CrashFolder, name: string) => join(dirname(data), `copy-${name}`)

type Written = {acknowledged: Entry[]; backup: Ending | undefined}

/** A server that is killed while it is written to and backed up. The copy is whole; the folder loses nothing. */
export const backupOfServer: CrashKind<Written> = {
  calls: 900,
  async work({client, folder, name}) {
    const writers = plannedBurst(name, size).map((entries) => ({client, entries}))
    const [acknowledged, backup] = await Promise.all([
      sendBurst(writers, () => undefined),
      runScript('backup', [copyOf(folder, name), '--data', folder.data]),
    ])
    return {acknowledged, backup}
  },
  async check({client, folder, name, evidence}) {
    const {acknowledged, backup} = evidence ?? {acknowledged: [], backup: undefined}
    await expectWhole(client, {name, acknowledged})
    if (backup === undefined) return
    expect(backup).toMatchObject({code: 0, err: ''})
    await expectCopy(copyOf(folder, name))
  },
}

/** A backup of a folder that is killed itself. Under the copy's name stands a whole copy or nothing. */
export const backups: CrashKind<never> = {
  calls: 300,
  work: () => Promise.reject(new Error('No server is killed here.')),
  async script(folder) {
    await fill(folder)
    return {name: 'backup', args: [copyOf(folder, 'killed'), '--data', folder.data]}
  },
  async check({folder}) {
    const copy = copyOf(folder, 'killed')
    if (existsSync(copy)) await expectCopy(copy)
    rmSync(copy, {recursive: true, force: true})
    const again = await runScript('backup', [copy, '--data', folder.data])
    expect(again).toMatchObject({code: 0, err: ''})
    await expectCopy(copy)
    for (const entry of readdirSync(dirname(copy)).filter((one) => one.startsWith('copy-'))) {
      rmSync(join(dirname(copy), entry), {recursive: true})
    }
  },
}

async function fill({data, token}: CrashFolder): Promise<void> {
  const lake = await startLake({
    dataDirectory: data,
    projectId: 'dateline',
    roles: newsroomRoles,
  })
  try {
    const client = clientWith(token, lake.url)
    const writers = plannedBurst(crypto.randomUUID(), size).map((entries) => ({client, entries}))
    expect(await sendBurst(writers, () => undefined)).toHaveLength(size)
    await client.assets.upload('file', Buffer.from(crypto.randomUUID()), {filename: 'a.txt'})
  } finally {
    await lake.close()
  }
}

async function expectCopy(copy: string): Promise<void> {
  expect(await runScript('doctor', ['--data', copy, '--thorough'])).toMatchObject({
    code: 0,
    err: '',
  })
}
