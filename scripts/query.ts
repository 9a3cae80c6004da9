/** `npm run query`: asks either lake a question in GROQ, and the embedded one how it came by the answer. */
import {readFileSync} from 'node:fs'
import {resolve} from 'node:path'

import {ClientError} from '@sanity/client'
import {z} from 'zod'

import {ConfigError, readLakeSettings} from './config.ts'
import {parseFlags} from './flags.ts'
import {exitWithSentence} from './sentence.ts'

const usage = `Usage: npm run query -- 'GROQ' [--param NAME=JSON]… [--perspective NAME,…] [--explain] [--data DIR]
       npm run query -- --file QUERY.groq …`

const explained = z.object({
  ms: z.number(),
  explain: z.object({
    selections: z.array(
      z.object({
        driver: z.string(),
        ledTo: z.number(),
        read: z.number(),
        lookedAtAgain: z.boolean(),
        indexWouldHelp: z.array(z.string()),
        sql: z.string(),
      }),
    ),
    indexes: z.array(z.object({key: z.string(), complete: z.boolean()})),
  }),
})
type Explained = z.infer<typeof explained>

try {
  const {query, params, perspective, explain, dataDirectory} = readFlags(process.argv.slice(2))
  const settings = readLakeSettings()
  if (explain && settings.lake === 'hosted') {
    throw new ConfigError('Only the embedded lake explains its queries. Leave --explain out.')
  }
  const {openConfiguredLake} = await import('./openedLake.ts')
  const lake = await openConfiguredLake(settings, dataDirectory, 'query')
  try {
    if (explain) {
      const answer: unknown = await lake.client.request({
        url: `/data/query/${settings.dataset}?explain=true&perspective=${perspective.join(',')}`,
        method: 'POST',
        body: {query, params},
      })
      printExplained(explained.parse(answer))
    } else {
      const result: unknown = await lake.client.fetch(query, params, {perspective})
      console.log(JSON.stringify(result, null, 2))
    }
  } finally {
    await lake.close()
  }
} catch (error) {
  if (!(error instanceof ClientError)) exitWithSentence(error)
  console.error(error.message)
  process.exit(1)
}

function printExplained({ms, explain}: Explained): void {
  console.log(`The answer took ${ms} ms.`)
  if (explain.selections.length === 0) console.log('No documents were asked for.')
  for (const [place, selection] of explain.selections.entries()) {
    const {driver, ledTo, read, lookedAtAgain, indexWouldHelp, sql} = selection
    console.log(
      `\n${place + 1}. led by ${driver} to at most ${ledTo} documents; ${read} were read.`,
    )
    if (lookedAtAgain)
      console.log('   Each was looked at again: SQL does not tell the whole filter.')
    for (const key of indexWouldHelp) {
      console.log(
        `   An index over ${key} would lead to fewer; it is built once that has cost enough.`,
      )
    }
    console.log(`   ${sql}`)
  }
  const names = explain.indexes.map(({key, complete}) => (complete ? key : `${key} (being built)`))
  console.log(`\nIndexes over keys: ${names.join(', ')}.`)
}

function readFlags(args: string[]) {
  const {values, positionals} = parseFlags(args, usage, {
    file: {type: 'string'},
    param: {type: 'string', multiple: true},
    perspective: {type: 'string'},
    explain: {type: 'boolean'},
    data: {type: 'string'},
  })
  const [given, ...more] = positionals
  const query = values.file === undefined ? given : readQuery(values.file)
  if (query === undefined || more.length > 0) throw new ConfigError(usage)
  return {
    query,
    params: Object.fromEntries((values.param ?? []).map(readParameter)),
    perspective: (values.perspective ?? 'published').split(',').filter((name) => name !== ''),
    explain: values.explain === true,
    dataDirectory: resolve(values.data ?? './data'),
  }
}

function readQuery(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ConfigError(`The file ${file} cannot be read.`, {cause})
  }
}

function readParameter(text: string): [string, unknown] {
  const equals = text.indexOf('=')
  const name = text.slice(0, equals).replace(/^\$/, '')
  const value = text.slice(equals + 1)
  if (equals < 1) throw new ConfigError(`A parameter is NAME=JSON, not "${text}".`)
  try {
    return [name, JSON.parse(value)]
  } catch {
    throw new ConfigError(
      `The value of ${name} is no JSON: ${value}. Texts need quotes: ${name}='"${value}"'.`,
    )
  }
}
