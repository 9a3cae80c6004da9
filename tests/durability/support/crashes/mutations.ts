import {join} from 'node:path'

import {expect} from 'vitest'

import {plannedBurst, sendBurst, type Entry} from '../burst.ts'
import {expectWhole, follow} from '../killedBurst.ts'
import {readLog} from '../log.ts'
import type {CrashKind} from './crash.ts'

const size = 160

type Evidence = {
  acknowledged: Entry[]
  /** Transactions that a listener was told, and where it can go on. */
  heard: {transactions: string[]; lastId: string | undefined}
}

/** Ten transactions at a time by two writers, with a listener that goes on after the restart where it was cut. */
export const mutations: CrashKind<Evidence> = {
  calls: 1200,
  async work({client, name}) {
    const listener = await follow(client, name).catch(() => undefined)
    const writers = plannedBurst(name, size).map((entries) => ({client, entries}))
    const acknowledged = await sendBurst(writers, () => undefined)
    const lastId = listener?.lastId()
    if (acknowledged.length === size || listener === undefined) {
      return {acknowledged, heard: {transactions: [], lastId}}
    }
    return {acknowledged, heard: {transactions: await listener.rest(), lastId: listener.lastId()}}
  },
  async check({client, folder, name, evidence}) {
    const {acknowledged, heard} = evidence ?? {
      acknowledged: [],
      heard: {transactions: [], lastId: undefined},
    }
    const notes = await expectWhole(client, {name, acknowledged})
    const stored = notes.map(({_rev}) => _rev)
    const entries = plannedBurst(name, size).flat()
    const answered = new Set(acknowledged.map(({transactionId}) => transactionId))
    const missing = entries.filter(({transactionId}) => !answered.has(transactionId))
    const listener =
      heard.lastId === undefined ? undefined : await follow(client, name, heard.lastId)
    expect(await sendBurst([{client, entries: missing}], () => undefined)).toHaveLength(
      missing.length,
    )
    await expectWhole(client, {name, acknowledged: entries})
    const log = readLog(join(folder.data, 'datasets', 'production.sqlite'))
    const ofBurst = log.filter((transactionId) => transactionId.startsWith(`${name}-`))
    expect(ofBurst.slice(0, stored.length).toSorted()).toEqual(stored.toSorted())
    expect(ofBurst).toHaveLength(size)
    if (listener === undefined) return
    const later = await listener.take(size - heard.transactions.length)
    expect([...heard.transactions, ...later]).toEqual(ofBurst)
  },
}
