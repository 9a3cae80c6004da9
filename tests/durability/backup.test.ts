import {join} from 'node:path'

import type {SanityClient} from '@sanity/client'
import {expect, test} from 'vitest'

import {temporaryFolder} from '../scripts/support/files.ts'
import {clientFor, startProduct} from '../scripts/support/product.ts'
import {runScript} from '../scripts/support/script.ts'
import {plannedBurst, sendBurst, tallyOf} from './support/burst.ts'

const size = 1000

/** Notes of each writer, and what their tally says: one transaction writes both. */
type Balance = {[tally: string]: {notes: number; counted: number}}

test(
  'a backup made while two writers go on is one moment, and the product starts on it',
  {timeout: 120_000},
  async () => {
    const folder = temporaryFolder()
    const data = join(folder, 'data')
    const copy = join(folder, 'copy')
    const product = await startProduct(['--data', data, '--no-seed'])
    const client = await clientFor(product, data)
    const asset = await client.assets.upload('file', Buffer.from('a file'), {filename: 'a.txt'})

    const planned = plannedBurst('burst', size)
    const quarterSent = Promise.withResolvers<void>()
    let acknowledged = 0
    const sending = sendBurst(
      planned.map((entries) => ({client, entries})),
      (count) => {
        acknowledged = count
        if (count === size / 4) quarterSent.resolve()
      },
    )
    await quarterSent.promise
    const acknowledgedBefore = acknowledged
    const backup = await runScript('backup', [copy, '--data', data])
    const acknowledgedAfter = acknowledged
    expect(await sending).toHaveLength(size)
    expect(await product.stop()).toMatchObject({code: 0})

    expect(backup).toMatchObject({code: 0, err: ''})
    expect(backup.out).toContain(`The copy opens. Examined in it: "production" with `)
    expect(backup.out).toContain('Nothing is wrong.')
    expect(backup.out).toContain(`npm start -- --data ${copy}`)
    expect(await runScript('doctor', ['--data', copy, '--thorough'])).toMatchObject({
      code: 0,
      err: '',
    })

    const restored = await startProduct(['--data', copy, '--no-seed'])
    const reading = client.withConfig({apiHost: restored.origin})
    const balance = await balanceOf(reading)
    const notes = Object.values(balance).map((tally) => tally.notes)
    const stored = notes.reduce((sum, count) => sum + count, 0)
    expect(Object.values(balance).map(({counted}) => counted)).toEqual(notes)
    expect(stored).toBeGreaterThanOrEqual(acknowledgedBefore)
    // Of each writer at most the requests under way can be stored without having been acknowledged.
    expect(stored).toBeLessThanOrEqual(acknowledgedAfter + 10)
    const file = await fetch(new URL(String(asset['path']), restored.origin))
    expect(await file.text()).toBe('a file')
    await reading.create({_id: 'after', _type: 'note'})
    expect(await restored.stop()).toMatchObject({code: 0})
  },
)

async function balanceOf(client: SanityClient): Promise<Balance> {
  const tallies = ['anna', 'ben'].map((writer) => tallyOf('burst', writer))
  const pairs = await Promise.all(
    tallies.map(async (tally) => {
      const found = await client.fetch<{notes: number; counted: number | null}>(
        '{"notes": count(*[_type == "note" && tally == $tally]), "counted": *[_id == $tally][0].count}',
        {tally},
      )
      return [tally, {notes: found.notes, counted: found.counted ?? 0}] as const
    }),
  )
  return Object.fromEntries(pairs)
}
