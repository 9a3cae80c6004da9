import {spawn} from 'node:child_process'
import {once} from 'node:events'

export type RefusingDisk = {
  /** The disk takes what is written again. */
  recover(): Promise<void>
}

/**
 * From now on the system refuses a running process's calls on some files with an error, such as `ENOSPC`: the process
 * cannot tell it from a disk that is full. Nothing is mounted.
 */
export async function refuseCalls(
  pid: number,
  {calls, error, files}: {calls: string; error: string; files: readonly string[]},
): Promise<RefusingDisk> {
  const strace = spawn(
    'strace',
    [
      '--follow-forks',
      `--attach=${pid}`,
      `--trace=${calls}`,
      `--inject=${calls}:error=${error}`,
      ...files.map((file) => `--trace-path=${file}`),
    ],
    {stdio: ['ignore', 'ignore', 'pipe']},
  )
  let said = ''
  await new Promise<void>((resolve, reject) => {
    strace.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes(`Process ${pid} attached`)) resolve()
    })
    strace.once('error', reject)
    strace.once('exit', () => reject(new Error(`The disk could not be made to refuse: ${said}`)))
  })
  return {
    async recover() {
      const ended = once(strace, 'exit')
      strace.kill('SIGINT')
      await ended
    },
  }
}
