/**
 * A program: 64 connections to an origin (first argument) that ask until SIGTERM for the paths (third argument and on),
 * each with a pause (second argument, milliseconds) after an answer. Prints how many answers came.
 */
import {setTimeout} from 'node:timers/promises'

import {connectTo} from '../support/connection.ts'

const connections = 64
const [origin, pauseGiven, ...paths] = process.argv.slice(2)
if (origin === undefined || paths.length === 0) throw new Error('Name origin, pause and paths.')
const pause = Number(pauseGiven)

let answers = 0
const stopping = new AbortController()
process.once('SIGTERM', () => stopping.abort())
const readInTurn = async (first: number) => {
  const connection = connectTo(origin)
  // Readers do not come in step.
  await setTimeout((pause * first) / connections)
  for (let turn = first; !stopping.signal.aborted; turn++) {
    await connection.get(paths[turn % paths.length] ?? '/')
    answers += 1
    if (pause > 0) await setTimeout(pause)
  }
  connection.close()
}

const began = performance.now()
const readers = Array.from({length: connections}, (_, number) => readInTurn(number))
console.log('reading')
await Promise.all(readers)
console.log(JSON.stringify({answers, seconds: (performance.now() - began) / 1000}))
process.exit(0)
