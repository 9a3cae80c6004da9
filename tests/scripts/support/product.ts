import {createClient, type SanityClient} from '@sanity/client'

import {
  runScript,
  startScript,
  type Ending,
  type RunningScript,
  type ScriptOptions,
} from './script.ts'

export type RunningProduct = {
  script: RunningScript
  /** The address in the banner, without a trailing slash. */
  origin: string
  /** Where it can be reached on this machine; differs from `origin` with `--url`. */
  local: string
  /** As Ctrl-C does. */
  stop(): Promise<Ending>
}

/** `npm start` on a free port; resolves once the banner is there. */
export async function startProduct(
  args: readonly string[],
  options: ScriptOptions = {},
): Promise<RunningProduct> {
  const script = startScript('start', ['--port', '0', ...args], options)
  await script.until(/Stop: /)
  const origin = /Site +(\S+)\//.exec(script.out())?.[1] ?? ''
  return {
    script,
    origin,
    local: /Proxy to +(\S+)/.exec(script.out())?.[1] ?? origin,
    async stop() {
      script.kill('SIGINT')
      return await script.ended
    },
  }
}

/** A client that acts by a new token, made on the product's data folder as `npm run token` does. */
export async function clientFor(
  {origin}: {origin: string},
  dataDirectory: string,
  {role = 'administrator', name = 'Test'}: {role?: string; name?: string} = {},
): Promise<SanityClient> {
  const made = await runScript('token', ['add', name, '--role', role, '--data', dataDirectory])
  const token = made.out.trim().split('\n').at(-1)
  if (made.code !== 0 || token === undefined) throw new Error(`No token was made: ${made.err}`)
  return clientWith(token, origin)
}

/** A client of the product that acts by a token, and says at once when an answer fails. */
export function clientWith(token: string, origin: string): SanityClient {
  return createClient({
    projectId: 'dateline',
    dataset: 'production',
    apiHost: origin,
    useProjectHostname: false,
    apiVersion: '2025-02-19',
    perspective: 'raw',
    useCdn: false,
    maxRetries: 0,
    token,
  })
}
