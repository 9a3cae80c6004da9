/** `npm run import`: documents and files of an export into either lake, all of them or none. */
import {resolve} from 'node:path'

import {ClientError} from '@sanity/client'

import {ConfigError, readLakeSettings, type LakeSettings} from './config.ts'
import {parseFlags} from './flags.ts'
import {ImportError, refuseProblems} from './importing/importError.ts'
import {requestGate, type ClientFetch} from './importing/requestGate.ts'
import {openImportFile} from './importing/importFile.ts'
import {readImportLines, writeImportLines} from './importing/importLines.ts'
import {importProgress} from './importing/importProgress.ts'
import {
  presentDocuments,
  targetProblems,
  undoImport,
  type ImportMode,
} from './importing/importTarget.ts'
import {skippingGuards} from './importing/skippingGuards.ts'
import type {OpenedLake} from './openedLake.ts'
import {count} from './keeping/checkup.ts'
import {exitWithSentence} from './sentence.ts'

const usage =
  'Usage: npm run import -- FILE.tar.gz|FILE.ndjson [--replace | --missing] [--skip-guards REASON] [--data DIR]'

const undoReason = 'Taking back an import that failed.'

const signals = ['SIGINT', 'SIGTERM'] as const

const operations = {
  create: 'create',
  replace: 'createOrReplace',
  missing: 'createIfNotExists',
} as const

try {
  const {file, mode, skipGuards, dataDirectory} = readFlags(process.argv.slice(2))
  const settings = readLakeSettings()
  if (settings.lake === 'hosted' && skipGuards !== undefined) {
    throw new ConfigError('--skip-guards is for the embedded lake: the hosted one has no guards.')
  }
  const folder = await openImportFile(file)
  try {
    const lines = await readImportLines(folder)
    refuseProblems(lines.problems)
    await writeImportLines(folder.dataFile, lines.documents)
    // Loaded only when there is something to write.
    const {openConfiguredLake} = await import('./openedLake.ts')
    const lake = await openConfiguredLake(settings, dataDirectory, 'import')
    try {
      const ids = [...lines.documents.keys()]
      const before = await presentDocuments(lake.client, ids)
      refuseProblems(await targetProblems(lake.client, lines, {before, mode}))
      await importAll(ways(lake, settings, skipGuards), {
        directory: folder.directory,
        ids,
        before,
        mode,
      })
      await report(lake, {file, ids, mode, before: before.size, leftOut: lines.leftOut})
    } finally {
      await lake.close()
    }
  } finally {
    await folder.dispose()
  }
} catch (error) {
  exitWithSentence(error)
}

/** How the importer sends its requests, and how they are taken back: on the embedded lake, past the guards. */
type Ways = Pick<OpenedLake, 'client' | 'fetch'> & {in: ClientFetch; back: ClientFetch}

function ways({client, fetch}: OpenedLake, {lake}: LakeSettings, skipGuards?: string): Ways {
  const direct: ClientFetch =
    client.config().resolveFetch?.() ?? ((url, init) => globalThis.fetch(url, init))
  return {
    client,
    ...(fetch && {fetch}),
    in: skipGuards === undefined ? direct : skippingGuards(direct, skipGuards),
    back: lake === 'hosted' ? direct : skippingGuards(direct, undoReason),
  }
}

/** Runs Sanity's importer; when it fails, takes back what it did. Throws `ImportError`. */
async function importAll(
  {client, fetch, ...ways}: Ways,
  work: {
    directory: string
    ids: readonly string[]
    before: Awaited<ReturnType<typeof presentDocuments>>
    mode: ImportMode
  },
): Promise<void> {
  const {sanityImport} = await import('@sanity/import')
  const gate = requestGate(ways.in)
  const interrupt = () => gate.refuse(new ImportError('It was interrupted.'))
  for (const signal of signals) process.once(signal, interrupt)
  try {
    await sanityImport(work.directory, {
      client: client.withConfig({resolveFetch: () => gate.fetch}),
      operation: operations[work.mode],
      onProgress: importProgress(process.stdout),
      ...(fetch && {assetFetch: (url, init) => fetch(url, init)}),
    })
  } catch (cause) {
    await gate.shut()
    const reason = cause instanceof Error ? cause.message : String(cause)
    const back = client.withConfig({resolveFetch: () => ways.back})
    const left = await undoImport(back, work.ids, work.before)
      // Whoever may not go past the guards may still be able to take it back.
      .catch(() => undoImport(client, work.ids, work.before))
      .catch(() => work.ids)
    const outcome =
      left.length === 0
        ? 'What had been written was taken back: the documents are as they were before.'
        : `Not everything could be taken back: up to ${count(left.length, 'document')} of the file may be there, such as "${left[0]}". Import the file again with --replace when the cause is gone.`
    throw new ImportError(`The import failed: ${reason}\n${outcome}${hintFor(cause)}`, {cause})
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
  }
}

/** Stories that were published elsewhere have no history here that would let them through. */
function hintFor(cause: unknown): string {
  const refused = cause instanceof ClientError && [403, 422].includes(cause.statusCode)
  return refused
    ? '\nTo take documents in as they are, past the newsroom’s rules, an administrator adds --skip-guards REASON.'
    : ''
}

/** Counts what is there now, and says so. */
async function report(
  {client}: OpenedLake,
  {
    file,
    ids,
    mode,
    before,
    leftOut,
  }: {file: string; ids: readonly string[]; mode: ImportMode; before: number; leftOut: number},
): Promise<void> {
  const present = await presentDocuments(client, ids)
  const made = ids.length - before
  const rest = {
    create: '',
    replace: `, ${before.toLocaleString('en')} of them replaced`,
    missing: `, ${before.toLocaleString('en')} of them left as they were`,
  }[mode]
  console.log(
    `Imported ${file}: ${count(present.size, 'document')} of ${ids.length.toLocaleString('en')} ${present.size === 1 ? 'is' : 'are'} there, ${made.toLocaleString('en')} of them new${rest}.`,
  )
  if (leftOut > 0) {
    console.log(`Left out: ${count(leftOut, 'document')} of the system that the file came from.`)
  }
  if (present.size < ids.length) process.exitCode = 1
}

function readFlags(args: readonly string[]): {
  file: string
  mode: ImportMode
  skipGuards: string | undefined
  dataDirectory: string
} {
  const {positionals, values} = parseFlags(args, usage, {
    replace: {type: 'boolean', default: false},
    missing: {type: 'boolean', default: false},
    'skip-guards': {type: 'string'},
    data: {type: 'string', default: './data'},
  })
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0) {
    throw new ConfigError(`Name the one file to import.\n${usage}`)
  }
  if (values.replace && values.missing) {
    throw new ConfigError(`--replace and --missing exclude each other.\n${usage}`)
  }
  const skipGuards = values['skip-guards']?.trim()
  if (skipGuards === '') {
    throw new ConfigError(`--skip-guards needs the reason why, in quotation marks.\n${usage}`)
  }
  const mode = values.replace ? 'replace' : values.missing ? 'missing' : 'create'
  return {file: resolve(name), mode, skipGuards, dataDirectory: resolve(values.data)}
}
