import {spawn, type ChildProcess} from 'node:child_process'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createClient, type SanityClient} from '@sanity/client'

const projectDirectory = join(import.meta.dirname, '..', '..', '..')

export type RunningProduct = {
  origin: string
  signInLink: string
  dataDirectory: string
  printed(): string
  /** Runs an npm script of the project on the same data folder and answers what it printed. */
  script(name: string, ...args: string[]): Promise<string>
  /** A real client with a token of its own, past caches and with drafts in sight. */
  clientFor(role: string): Promise<SanityClient>
  /** Lets a person in and answers the link that signs them in. */
  signInLinkFor(name: string, role: string): Promise<string>
  /** Ends the process by signal 9, in the middle of whatever it does. */
  kill(): Promise<void>
  /** After that: the product on the same data folder, at the same address. */
  startAgain(): Promise<void>
  stop(): Promise<number | null>
}

/** `npm start` as a person runs it, on a free port and an empty data folder. */
export async function startProduct(): Promise<RunningProduct> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'dateline-e2e-'))
  let running = await startOn(dataDirectory, '0')
  const {signInLink} = running
  const {origin, port} = new URL(signInLink)
  const script = async (name: string, ...args: string[]) => {
    const child = run(name, ...args, '--data', dataDirectory)
    const printed = collect(child)
    const code = await new Promise((resolve) => child.once('close', resolve))
    if (code !== 0) throw new Error(`${name} ${args.join(' ')} failed:\n${printed.text()}`)
    return printed.text()
  }
  return {
    origin,
    signInLink,
    dataDirectory,
    printed: () => running.printed(),
    script,
    async clientFor(role) {
      const printed = await script('token', 'add', `tests as ${role}`, '--role', role)
      return createClient({
        projectId: 'dateline',
        dataset: 'production',
        apiVersion: '2025-02-19',
        apiHost: origin,
        useProjectHostname: false,
        useCdn: false,
        perspective: 'raw',
        token: printed.trim().split('\n').at(-1) ?? '',
      })
    },
    async signInLinkFor(name, role) {
      const printed = await script('user', 'add', name, '--role', role)
      return printed.match(/http:\/\/\S+\/sign-in\?code=\S+/)?.[0] ?? ''
    },
    async kill() {
      running.child.kill('SIGKILL')
      await running.exited
    },
    async startAgain() {
      running = await startOn(dataDirectory, port)
    },
    async stop() {
      running.child.kill('SIGTERM')
      const code = await running.exited
      await rm(dataDirectory, {recursive: true, force: true})
      return code
    },
  }
}

/** One process of the product, from when it answers. */
async function startOn(dataDirectory: string, port: string) {
  const child = run('start', '--port', port, '--data', dataDirectory)
  const output = collect(child)
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const signInLink = await Promise.race([
    output.until(/http:\/\/\S+\/sign-in\?code=\S+/),
    exited.then(() => {
      throw new Error(`npm start ended:\n${output.text()}`)
    }),
  ])
  await output.until(/Stop:/)
  return {child, exited, signInLink, printed: output.text}
}

function run(script: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [join('scripts', `${script}.ts`), ...args], {
    cwd: projectDirectory,
    env: {...process.env, SANITY_STUDIO_LAKE: 'embedded'},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function collect(child: ChildProcess) {
  let text = ''
  const waiting = new Set<() => void>()
  const receive = (chunk: Buffer) => {
    text += chunk.toString()
    for (const look of waiting) look()
  }
  child.stdout?.on('data', receive)
  child.stderr?.on('data', receive)
  return {
    text: () => text,
    until: (pattern: RegExp) =>
      new Promise<string>((resolve) => {
        const look = () => {
          const [found] = pattern.exec(text) ?? []
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}
