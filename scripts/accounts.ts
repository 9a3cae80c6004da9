import {resolve} from 'node:path'
import {parseArgs} from 'node:util'

import {newsroomRoles} from '../editorial/roles.ts'
import {
  findRunningServer,
  openFolderAccounts,
  prepareDataFolder,
} from '../lake/store/accountsFolder.ts'
import type {Accounts} from '../lake/store/accounts.ts'
import {ConfigError, readLakeSettings} from './config.ts'
import {exitWithSentence} from './sentence.ts'

/** What the scripts that keep `lake.sqlite` share. They work while the server runs: it sees changes at once. */
export type AccountsCommand = {
  /** The words after the verb, as one name: `add Anna Example` needs no quotation marks. */
  name: string
  flags: {role?: string; email?: string; url?: string; credentials?: boolean}
  accounts: Accounts
  /** Where people reach the product: `--url`, else the running server's address, else the default one. */
  publicUrl: URL
  print(line: string): void
}

/** Reads the arguments, runs the verb on the data folder, and ends with one sentence when that fails. */
export async function runAccountsScript(
  usage: string,
  verbs: {[verb: string]: (command: AccountsCommand) => Promise<void>},
  options: {[flag: string]: {type: 'string' | 'boolean'}},
): Promise<void> {
  try {
    refuseHostedLake()
    const {values, positionals} = parse(usage, options)
    const [verb = '', ...words] = positionals
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!run) throw new ConfigError(usage)
    const folder = prepareDataFolder(resolve(text(values['data']) ?? './data'))
    const publicUrl = urlOf(text(values['url']) ?? findRunningServer(folder.directory)?.url)
    const accounts = openFolderAccounts(folder, {now: () => new Date()})
    try {
      await run({
        name: words.join(' ').trim(),
        flags: {
          ...optional('role', text(values['role'])),
          ...optional('email', text(values['email'])),
          credentials: values['credentials'] === true,
        },
        accounts,
        publicUrl,
        print: (line) => console.log(line),
      })
    } finally {
      accounts.close()
    }
  } catch (error) {
    exitWithSentence(error)
  }
}

/** The name that a verb needs. Throws `ConfigError` with the usage when there is none. */
export function requireName({name}: AccountsCommand, usage: string): string {
  if (name === '') throw new ConfigError(usage)
  return name
}

/** The role that a verb needs. Throws `ConfigError` naming the roles that there are. */
export function requireRole({flags}: AccountsCommand): string {
  const names = newsroomRoles.map(({name}) => name)
  const role = names.find((name) => name === flags.role)
  if (role !== undefined) return role
  const choice = `Choose one of ${names.join(', ')}.`
  throw new ConfigError(
    flags.role === undefined
      ? `--role is missing. ${choice}`
      : `There is no role "${flags.role}". ${choice}`,
  )
}

/** Prints rows under headings, in columns as wide as they need. */
export function printTable(
  print: (line: string) => void,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  for (const row of [headings, ...rows]) {
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  }
}

function refuseHostedLake(): void {
  if (readLakeSettings().lake === 'embedded') return
  throw new ConfigError(
    'SANITY_STUDIO_LAKE is "hosted": users, tokens and origins of a hosted project are kept at sanity.io/manage.',
  )
}

function parse(
  usage: string,
  options: {[flag: string]: {type: 'string' | 'boolean'}},
): {values: {[flag: string]: unknown}; positionals: string[]} {
  try {
    return parseArgs({
      options: {data: {type: 'string'}, ...options},
      allowPositionals: true,
    })
  } catch (cause) {
    throw new ConfigError(usage, {cause})
  }
}

function urlOf(address: string | undefined): URL {
  const wanted = address ?? 'http://localhost:3000'
  const url = URL.canParse(wanted) ? new URL(wanted) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new ConfigError(`--url must be an address such as https://news.example, not "${wanted}".`)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function optional<Key extends string>(key: Key, value: string | undefined) {
  return value === undefined ? {} : {[key]: value}
}
