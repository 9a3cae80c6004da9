import {spawn} from 'node:child_process'
import {once} from 'node:events'

/** A program of the measurement that runs in a process of its own. */
export type RunningProgram = {
  /** The line that it printed once it was ready. */
  ready: string
  /** Asks it to end (SIGTERM) and resolves to what it printed after that line. */
  stop(): Promise<string>
}

/** Starts a file with this Node, and resolves once it has printed its first line. */
export async function startProgram(
  file: string,
  options: readonly string[],
): Promise<RunningProgram> {
  const child = spawn(process.execPath, [file, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  while (!printed.includes('\n')) {
    await Promise.race([once(child.stdout, 'data'), ended])
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}.`)
  }
  const first = printed.indexOf('\n')
  return {
    ready: printed.slice(0, first),
    async stop() {
      child.kill('SIGTERM')
      await ended
      return printed.slice(first + 1)
    },
  }
}

/** Runs with a started program, which ends afterwards. */
export async function withProgram<Answer>(
  file: string,
  options: readonly string[],
  run: (ready: string) => Promise<Answer>,
): Promise<Answer> {
  const program = await startProgram(file, options)
  try {
    return await run(program.ready)
  } finally {
    await program.stop()
  }
}
