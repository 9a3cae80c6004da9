import type {ChildProcess} from 'node:child_process'
import {once} from 'node:events'

export type Restartable = {
  /** Ends the process, waits until it has, and starts the next one. */
  restart(): void
  /** Resolves to the exit code of a process that ended by itself before anything was changed: nothing to wait for. */
  failed: Promise<number>
  stop(): Promise<void>
}

/**
 * Keeps one process running that is replaced when its sources change. One that ends by itself after a change (the
 * change is a mistake, most likely) is not missed: the next change starts another.
 */
export function restartable(start: () => ChildProcess): Restartable {
  const failed = Promise.withResolvers<number>()
  let changed = false
  let stopping = false
  let turn = Promise.resolve()
  let child = run()

  function run(): ChildProcess {
    const next = start()
    next.once('exit', (code) => {
      if (!changed && !stopping) failed.resolve(code ?? 1)
    })
    return next
  }

  async function end(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }

  async function replaceAfter(before: Promise<void>): Promise<void> {
    await before
    await end()
    if (!stopping) child = run()
  }

  return {
    failed: failed.promise,
    restart() {
      changed = true
      turn = replaceAfter(turn)
    },
    async stop() {
      stopping = true
      await turn
      await end()
    },
  }
}
