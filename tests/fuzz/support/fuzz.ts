import {readFileSync} from 'node:fs'

import fc from 'fast-check'
import {expect} from 'vitest'

import {clientFor, startProduct, type RunningProduct} from '../../scripts/support/product.ts'
import {runScript} from '../../scripts/support/script.ts'
import {exchange} from './exchange.ts'
import {requests, type FuzzRequest} from './requests.ts'

const together = 6

/** A heap (in MiB) that is soon full: garbage does not look like growth, and what is kept for ever ends the server. */
const heap = '--max-old-space-size=128 --max-semi-space-size=2'

export type Fuzzed = {
  /** How many requests were answered, by the first digit of the status. */
  answered: {[digit: string]: number}
  /** Requests that were answered with 500, as text, with their batch's seed. */
  failures: string[]
  /** What the server's log complains of. */
  complaints: string[]
  /** What the doctor finds wrong in the end. */
  faults: string[]
  /** Resident memory of the server in MiB after each batch. */
  memory: number[]
}

/**
 * Sends batches of made-up requests to the running product, each batch from a seed of its own, for as long as
 * `seeds` gives some. Then the server must answer, and stop as always.
 */
export async function fuzz(
  data: string,
  {seeds, size}: {seeds: Iterable<number>; size: number},
): Promise<Fuzzed> {
  const product = await startProduct(['--data', data, '--no-seed'], {env: {NODE_OPTIONS: heap}})
  const client = await clientFor(product, data)
  const {host, port} = new URL(product.origin)
  const arbitrary = requests({host, token: String(client.config().token)})
  const fuzzed: Fuzzed = {answered: {}, failures: [], complaints: [], faults: [], memory: []}
  for (const seed of seeds) {
    const batch = fc.sample(arbitrary, {seed, numRuns: size})
    await sendAll(Number(port), batch, (request, status) => {
      const digit = String(status ?? 'none').slice(0, 1)
      fuzzed.answered[digit] = (fuzzed.answered[digit] ?? 0) + 1
      if (status === 500) fuzzed.failures.push(`seed ${seed}: ${textOf(request)}`)
    })
    fuzzed.memory.push(residentMemory(product))
  }
  await client.createOrReplace({_id: 'after', _type: 'after'})
  expect(await client.fetch('*[_id == "after"]._id')).toEqual(['after'])
  const {code, err} = await product.stop()
  expect(code).toBe(0)
  fuzzed.complaints = err.split('\n').filter((line) => line.includes('"level":50'))
  const doctor = await runScript('doctor', ['--data', data, '--thorough'])
  fuzzed.faults = doctor.out.split('\n').filter((line) => line.startsWith('✗'))
  return fuzzed
}

async function sendAll(
  port: number,
  batch: FuzzRequest[],
  tell: (request: FuzzRequest, status: number | undefined) => void,
): Promise<void> {
  const sendSome = async () => {
    for (let request = batch.shift(); request; request = batch.shift()) {
      tell(request, await exchange(port, request.bytes, request))
    }
  }
  await Promise.all(Array.from({length: together}, sendSome))
}

function residentMemory({script}: RunningProduct): number {
  const status = readFileSync(`/proc/${script.pid}/status`, 'utf8')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024)
}

function textOf({bytes}: FuzzRequest): string {
  return JSON.stringify(Buffer.from(bytes).toString('latin1').slice(0, 3000))
}
