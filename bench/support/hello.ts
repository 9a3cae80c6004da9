import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'

/** Runs with a bare server of the same framework in a process of its own, to compare with in the same run. */
export async function withHello<Answer>(run: (origin: string) => Promise<Answer>): Promise<Answer> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'helloServer.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [port] = await once(child.stdout, 'data')
    return await run(`http://localhost:${String(port).trim()}`)
  } finally {
    child.kill()
  }
}
