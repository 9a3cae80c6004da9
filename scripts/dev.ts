/**
 * `npm run dev`: the product with hot reload. The Studio comes from Sanity's development server, which swaps
 * changed modules in the open page; a change to anything that the server runs starts the server again.
 */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {createServer} from 'node:net'
import {join} from 'node:path'

import {readStartConfig} from './config.ts'
import {watchRooms} from './dev/watchRooms.ts'
import {restartable} from './dev/restartable.ts'
import {studioToolEnvironment} from './product/studioEnvironment.ts'
import {exitWithSentence} from './sentence.ts'

const projectDirectory = join(import.meta.dirname, '..')
const args = process.argv.slice(2)

try {
  const config = readStartConfig(args)
  const studioPort = await freePort()
  const studio = startStudio(studioToolEnvironment(config, process.env), studioPort)
  const server = restartable(() =>
    spawn(process.execPath, [join(projectDirectory, 'scripts', 'start.ts'), ...args], {
      stdio: 'inherit',
      env: {...process.env, DATELINE_STUDIO_DEV_SERVER: `http://localhost:${studioPort}`},
    }),
  )
  const unwatch = watchRooms(projectDirectory, (file) => {
    console.log(`${file} has changed: starting the server again …`)
    server.restart()
  })
  const stopped = new Promise<number>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve(0))
  })
  const exitCode = await Promise.race([stopped, server.failed, exitOf(studio)])
  unwatch()
  studio.kill('SIGTERM')
  await Promise.all([server.stop(), exitOf(studio)])
  process.exit(exitCode)
} catch (error) {
  exitWithSentence(error)
}

/** Sanity's development server, without the line that names an address which is not the one to open. */
function startStudio(env: NodeJS.ProcessEnv, port: number) {
  const sanity = join(projectDirectory, 'node_modules', '@sanity', 'cli', 'bin', 'run.js')
  const child = spawn(
    process.execPath,
    [sanity, 'dev', '--host', 'localhost', '--port', String(port)],
    {cwd: projectDirectory, env, stdio: ['ignore', 'pipe', 'inherit']},
  )
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text.replaceAll(/^.*running at http.*\n?/gm, ''))
  })
  return child
}

/** Nobody asked it to end, so its end is a failure. */
async function exitOf(child: ReturnType<typeof startStudio>): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode || 1
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}
