/**
 * A program: many readers of one product, each over a connection of its own, as separate machines would be. Its parent
 * talks with it by messages (`ReadersCommand`, `ReadersReport`). First arguments: port, how many, `stream` or `poll`;
 * for `poll` the path and the milliseconds between two questions.
 */
import {connect, type Socket} from 'node:net'
import {setTimeout} from 'node:timers/promises'

import {percentile} from '../support/statistics.ts'
import {now, type ReadersCommand, type ReadersReport} from './readersMessages.ts'

const [port = '', countGiven = '', mode = 'stream', path = '/live/breaking', pauseGiven = '5000'] =
  process.argv.slice(2)
const count = Number(countGiven)
const pause = Number(pauseGiven)

/** One address has 28,000 ports; these keep far away from that. */
const readersAnAddress = 5_000
const connectingAtOnce = 100

/** When each reader heard of each toggle, by toggle. */
const heard: number[][] = []
/** The toggle that each reader heard of last, or how many states it was sent. */
const latest: number[] = Array.from({length: count}, () => 0)
const stalled: Socket[] = []
let requests = 0
let broken = 0

const tell = (report: ReadersReport) => process.send?.(report)

process.on('message', (command: ReadersCommand) => {
  if (command.do === 'report') tell({is: 'report', ...report(command.sent, command.after)})
  if (command.do === 'heard') tell({is: 'heard', readers: heard[command.toggle]?.length ?? 0})
  if (command.do === 'stall') stall(command.readers)
  if (command.do === 'stop') process.exit(0)
})

let opened = 0
await Promise.all(
  Array.from({length: connectingAtOnce}, async () => {
    for (let number = opened++; number < count; number = opened++) {
      await (mode === 'stream' ? follow(number) : startPolling(number))
    }
  }),
)
tell({is: 'ready'})

function open(number: number): Socket {
  const localAddress = `127.0.0.${2 + Math.floor(number / readersAnAddress)}`
  return connect({host: '127.0.0.1', port: Number(port), localAddress}).setNoDelay(true)
}

function ask(socket: Socket, what: string): void {
  requests += 1
  socket.write(`GET ${what} HTTP/1.1\r\nHost: localhost:${port}\r\nAccept: */*\r\n\r\n`)
}

function note(toggle: number): void {
  ;(heard[toggle] ??= []).push(now())
}

/** Resolves when the reader has been told how things stand; each state after that is a toggle. */
function follow(number: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = open(number)
    let greeted = false
    socket.once('connect', () => ask(socket, path))
    socket.on('data', (bytes: Buffer) => {
      for (let at = bytes.indexOf('event: state'); at >= 0;) {
        if (greeted) {
          const toggle = (latest[number] ?? 0) + 1
          latest[number] = toggle
          note(toggle)
        }
        greeted = true
        resolve()
        at = bytes.indexOf('event: state', at + 1)
      }
    })
    socket.once('error', reject)
    socket.once('close', () => (broken += 1))
  })
}

/** Asks every `pause` milliseconds, not in step with the others. */
async function startPolling(number: number): Promise<void> {
  const socket = open(number)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject)
  })
  socket.once('close', () => (broken += 1))
  void poll(number, socket)
}

async function poll(number: number, socket: Socket): Promise<void> {
  await setTimeout(Math.random() * pause)
  for (;;) {
    const answer = await answerTo(socket, path)
    const toggle = Number(/Toggle (\d+)/.exec(answer)?.[1] ?? 0)
    if (toggle > (latest[number] ?? 0)) {
      latest[number] = toggle
      note(toggle)
    }
    await setTimeout(pause)
  }
}

function answerTo(socket: Socket, what: string): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const receive = (bytes: Buffer) => {
      text += bytes.toString('latin1')
      const end = text.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? NaN)
      if (end < 0 || text.length < end + 4 + length) return
      socket.off('data', receive)
      resolve(text)
    }
    socket.on('data', receive)
    ask(socket, what)
  })
}

/** Readers that open the stream and never read what comes. */
function stall(readers: number): void {
  for (let number = 0; number < readers; number++) {
    const socket = connect({host: '127.0.0.1', port: Number(port), localAddress: '127.0.0.250'})
    socket.pause()
    socket.once('connect', () => ask(socket, path))
    socket.once('error', () => undefined)
    stalled.push(socket)
  }
}

function report(
  all: readonly number[],
  after: number,
): Omit<Extract<ReadersReport, {is: 'report'}>, 'is'> {
  const sent = all.slice(after)
  const times = (index: number) => heard[after + index + 1] ?? []
  const delays = sent.flatMap((at, index) => times(index).map((time) => time - at))
  const firsts = sent.map((at, index) => (times(index)[0] ?? NaN) - at)
  return {
    requests,
    broken,
    heard: delays.length,
    first: percentile(firsts, 0.5),
    median: percentile(delays, 0.5),
    ninetyNinth: percentile(delays, 0.99),
    last: percentile(delays, 1),
  }
}
