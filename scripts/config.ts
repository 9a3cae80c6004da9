import {parseArgs} from 'node:util'

import {existsSync} from 'node:fs'
import {resolve} from 'node:path'

import {z} from 'zod'

/** A setting or flag that cannot be used; the message is a sentence that names it and says what to do. */
export class ConfigError extends Error {
  readonly code = 'config'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ConfigError'
  }
}

const logLevels = ['debug', 'info', 'warn', 'error'] as const

const environmentModel = z.object({
  SANITY_STUDIO_LAKE: z
    .enum(['embedded', 'hosted'], {
      error: 'SANITY_STUDIO_LAKE must be "embedded" or "hosted".',
    })
    .default('embedded'),
  SANITY_STUDIO_PROJECT_ID: z
    .string()
    .regex(/^[a-z0-9]+$/, {
      error: 'SANITY_STUDIO_PROJECT_ID may hold only the letters a to z and digits.',
    })
    .optional(),
  SANITY_STUDIO_DATASET: z
    .string()
    .regex(/^[a-z0-9][-_a-z0-9]{0,63}$/, {
      error:
        'SANITY_STUDIO_DATASET must start with a letter or digit and hold at most 64 of a to z, 0 to 9, - and _.',
    })
    .default('production'),
  DATELINE_TOKEN: z.string().min(1).optional(),
  DATELINE_LOG: z
    .enum(logLevels, {error: `DATELINE_LOG must be one of ${logLevels.join(', ')}.`})
    .default('info'),
  DATELINE_STUDIO_DEV_SERVER: z.url().optional(),
  DATELINE_WEBHOOK_PRIVATE: z
    .enum(['refuse', 'allow'], {error: 'DATELINE_WEBHOOK_PRIVATE must be "refuse" or "allow".'})
    .default('refuse'),
})

/** Where content lives, and how to reach it: what every script needs, whichever lake it talks to. */
export type LakeSettings = {
  lake: 'embedded' | 'hosted'
  projectId: string
  dataset: string
  /** For servers and scripts only; never part of the browser's bundle. */
  token: string | undefined
  logLevel: LogLevel
  /** Where the Studio's development server listens; `npm run dev` sets it, and no Studio is built then. */
  studioDevelopmentServer: string | undefined
  webhooks: WebhookSettings
}

export type WebhookSettings = {
  /** The secret of a name, from `DATELINE_WEBHOOK_SECRET_<NAME>`; `undefined` when there is none. */
  secret(name: string): string | undefined
  /** Whether webhooks may go to addresses of private networks. */
  allowPrivate: boolean
}

export type LogLevel = (typeof logLevels)[number]

/**
 * Reads the environment (and `.env` in the working directory, which never overrides it).
 * Throws `ConfigError` naming the first variable that cannot be used.
 */
export function readLakeSettings(environment: NodeJS.ProcessEnv = process.env): LakeSettings {
  if (environment === process.env) loadEnvironmentFile()
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environmentModel.safeParse(present)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues[0]?.message ?? 'The environment cannot be read.')
  }
  const {SANITY_STUDIO_LAKE: lake, SANITY_STUDIO_PROJECT_ID: projectId} = parsed.data
  if (lake === 'hosted' && projectId === undefined) {
    throw new ConfigError(
      'With SANITY_STUDIO_LAKE=hosted, SANITY_STUDIO_PROJECT_ID must name your Sanity project.',
    )
  }
  return {
    lake,
    projectId: projectId ?? 'dateline',
    dataset: parsed.data.SANITY_STUDIO_DATASET,
    token: parsed.data.DATELINE_TOKEN,
    logLevel: parsed.data.DATELINE_LOG,
    studioDevelopmentServer: parsed.data.DATELINE_STUDIO_DEV_SERVER,
    webhooks: {
      secret: (name) => present[`DATELINE_WEBHOOK_SECRET_${name}`],
      allowPrivate: parsed.data.DATELINE_WEBHOOK_PRIVATE === 'allow',
    },
  }
}

function loadEnvironmentFile(): void {
  if (!existsSync('.env')) return
  try {
    process.loadEnvFile('.env')
  } catch (cause) {
    throw new ConfigError('The file .env cannot be read. Correct it, or remove it.', {cause})
  }
}

export type StartConfig = LakeSettings & {
  port: number
  host: string
  /** The address that browsers use, when it is not the one listened on (a proxy in front). No trailing slash. */
  publicUrl: string | undefined
  dataDirectory: string
  seed: boolean
  open: boolean
}

const startUsage =
  'Usage: npm start -- [--port N] [--host ADDRESS] [--url URL] [--data DIR] [--no-seed] [--open]'

/** Reads the flags of `npm start`. Throws `ConfigError` with a sentence and the usage. */
export function readStartConfig(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): StartConfig {
  const flags = parseFlags(args)
  const port = Number(flags.port)
  if (!/^\d+$/.test(flags.port) || port > 65_535) {
    throw new ConfigError(`--port must be a number from 0 to 65535, not "${flags.port}".`)
  }
  return {
    ...readLakeSettings(environment),
    port,
    host: hostOf(flags.host),
    publicUrl: flags.url === undefined ? undefined : originOf(flags.url),
    dataDirectory: dataDirectoryOf(flags.data),
    seed: !flags['no-seed'],
    open: flags.open,
  }
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: {type: 'string', default: '3000'},
        host: {type: 'string', default: '127.0.0.1'},
        url: {type: 'string'},
        data: {type: 'string', default: './data'},
        'no-seed': {type: 'boolean', default: false},
        open: {type: 'boolean', default: false},
      },
    }).values
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.split('. ')[0] : 'The flags cannot be read'
    throw new ConfigError(`${reason}. ${startUsage}`)
  }
}

/** An empty address would mean every one that this machine has, seen from everywhere. */
function hostOf(host: string): string {
  if (host.trim() !== '') return host
  throw new ConfigError('--host must be an address of this machine, such as 127.0.0.1.')
}

/** `--data=` with an unset variable behind it must not turn the working directory into a data folder. */
function dataDirectoryOf(folder: string): string {
  if (folder.trim() !== '') return resolve(folder)
  throw new ConfigError('--data must name a folder, such as --data ./data.')
}

function originOf(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    throw new ConfigError(
      `--url must be a whole address such as https://newsroom.example, not "${url}".`,
    )
  }
  if (parsed.pathname !== '/' || parsed.search !== '') {
    throw new ConfigError(
      `--url must be an origin without a path (Dateline serves /, /studio and /v…): "${url}".`,
    )
  }
  return parsed.origin
}
