import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll} from 'vitest'

const scriptsDirectory = join(import.meta.dirname, '..', '..', '..', 'scripts')

/** A test that fails or times out leaves its scripts behind, and what they have started. */
const running = new Set<number>()
afterAll(() => {
  for (const pid of running) process.kill(-pid, 'SIGKILL')
})

export type Ending = {code: number | null; signal: NodeJS.Signals | null; out: string; err: string}

export type RunningScript = {
  pid: number
  /** Standard output so far. */
  out(): string
  /** Standard error so far. */
  err(): string
  /** What of standard output matches, once it does. Rejects when the script ends before. */
  until(pattern: RegExp): Promise<string>
  kill(signal: NodeJS.Signals): void
  ended: Promise<Ending>
}

export type ScriptOptions = {
  env?: {[name: string]: string}
  /** Another folder than the project's, so that no `.env` of a developer's has a say. */
  cwd?: string
  /** A program and its arguments to run the script under, such as `strace -f`. */
  under?: readonly string[]
}

/** The test's own environment says nothing to a script but where programs are, and where Node keeps what it compiled. */
const environment = Object.fromEntries(
  ['PATH', 'HOME', 'NODE_COMPILE_CACHE'].map((name) => [name, process.env[name]]),
)

/** Starts a script in a process of its own, as the command line does. */
export function startScript(
  name: string,
  args: readonly string[] = [],
  {env = {}, cwd = tmpdir(), under = []}: ScriptOptions = {},
): RunningScript {
  const [command, ...rest] = [
    ...under,
    process.execPath,
    join(scriptsDirectory, `${name}.ts`),
    ...args,
  ]
  if (command === undefined) throw new Error('There is nothing to run.')
  const child = spawn(command, rest, {
    cwd,
    env: {...environment, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that all of it can be ended.
    detached: true,
  })
  let out = ''
  let err = ''
  const waiting = new Set<() => void>()
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    for (const look of waiting) look()
  })
  const ended = once(child, 'close').then((): Ending => ({
    code: child.exitCode,
    signal: child.signalCode,
    out,
    err,
  }))
  const {pid} = child
  if (pid === undefined) throw new Error(`${name} could not be started.`)
  running.add(pid)
  child.once('exit', () => running.delete(pid))
  return {
    pid,
    out: () => out,
    err: () => err,
    kill: (signal) => void child.kill(signal),
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const [found] = pattern.exec(out) ?? []
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
        void ended.then(() =>
          reject(new Error(`${name} ended before it printed ${String(pattern)}:\n${out}${err}`)),
        )
      }),
  }
}

/** Runs a script to its end. */
export async function runScript(
  name: string,
  args: readonly string[],
  options: ScriptOptions = {},
): Promise<Ending> {
  return await startScript(name, args, options).ended
}
