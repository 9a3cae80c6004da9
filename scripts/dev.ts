/**
 * `npm run dev`: the product with hot reload. The Studio comes from Sanity's development server, which swaps
 * changed modules in the open page; a change to anything else restarts the server.
 */
import {spawn} from 'node:child_process'
import {createServer} from 'node:net'
import {join} from 'node:path'

const projectDirectory = join(import.meta.dirname, '..')
const studioPort = await freePort()
const studioDevelopmentServer = `http://localhost:${studioPort}`

const children = [
  run([
    join('node_modules', '@sanity', 'cli', 'bin', 'run.js'),
    'dev',
    '--host',
    'localhost',
    '--port',
    String(studioPort),
  ]),
  run(['--watch', '--watch-preserve-output', 'scripts/start.ts', ...process.argv.slice(2)]),
]

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => children.forEach((child) => child.kill(signal)))
}
for (const child of children) {
  child.once('exit', (code) => {
    process.exitCode = code ?? 0
    children.forEach((other) => other.kill('SIGTERM'))
  })
}

function run(args: readonly string[]) {
  return spawn(process.execPath, args, {
    cwd: projectDirectory,
    stdio: 'inherit',
    env: {...process.env, DATELINE_STUDIO_DEV_SERVER: studioDevelopmentServer},
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}
