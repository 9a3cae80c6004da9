import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {findRunningServer} from '../../lake/store/accountsFolder.ts'
import {temporaryFolder} from '../scripts/support/files.ts'
import {clientFor, startProduct} from '../scripts/support/product.ts'
import {stepsOfRequests, tracedInto, type Step} from './support/systemCalls.ts'

/** A process that is killed leaves its writes with the system, so only the system's calls show what a power cut takes. */
test.runIf(process.platform === 'linux')(
  'each mutation is synced to disk before the first byte of its answer is sent',
  {timeout: 120_000},
  async () => {
    const folder = temporaryFolder()
    const data = join(folder, 'data')
    const trace = join(folder, 'trace')
    const product = await startProduct(['--data', data, '--no-seed'], {under: tracedInto(trace)})
    const client = await clientFor(product, data)
    for (let number = 1; number <= 20; number++) {
      await client.createOrReplace(
        {_id: `note-${number % 3}`, _type: 'note', number},
        {tag: 'synced'},
      )
    }
    const server = findRunningServer(data)
    if (server === undefined) throw new Error('The server has not said where it runs.')
    process.kill(server.pid, 'SIGTERM')
    expect(await product.script.ended).toMatchObject({code: 0})

    const steps: Step[] = ['request', 'log written', 'log synced', 'answer']
    expect(stepsOfRequests(await readFile(trace, 'utf8'), 'tag=synced')).toEqual(
      Array.from({length: 20}, () => steps),
    )
  },
)
