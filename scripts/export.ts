/** `npm run export`: a dataset with its pictures as one archive, in the form that Sanity's own import reads. */
import {existsSync} from 'node:fs'
import {dirname, resolve} from 'node:path'

import {exportDataset} from '@sanity/export'

import {findRunningServer} from '../lake/store/accountsFolder.ts'
import {ConfigError, readLakeSettings} from './config.ts'
import {parseFlags} from './flags.ts'
import {openRunningLake} from './openedLake.ts'
import {exitWithSentence} from './sentence.ts'

const usage = 'Usage: npm run export -- FILE.tar.gz [--data DIR]'

try {
  const {file, dataDirectory} = readFlags(process.argv.slice(2))
  const settings = readLakeSettings()
  if (settings.lake === 'hosted') {
    throw new ConfigError(
      `With SANITY_STUDIO_LAKE=hosted, Sanity's own command exports: npx sanity dataset export ${settings.dataset} ${file}`,
    )
  }
  const server = findRunningServer(dataDirectory)
  if (server === undefined) {
    throw new ConfigError(
      `No server runs on ${dataDirectory}. Pictures are read through it: npm start it, and export again.`,
    )
  }
  const lake = await openRunningLake(settings, dataDirectory, {url: server.url, for: 'export'})
  try {
    const {documentCount, assetCount} = await exportDataset({
      client: lake.client,
      dataset: settings.dataset,
      outputPath: file,
    })
    console.log(
      `Exported "${settings.dataset}" to ${file} (documents: ${documentCount}, files: ${assetCount}).`,
    )
    console.log(
      `To bring them into Sanity's lake: npx sanity dataset import ${file} --project-id PROJECT --dataset ${settings.dataset}`,
    )
  } finally {
    await lake.close()
  }
} catch (error) {
  exitWithSentence(error)
}

function readFlags(args: readonly string[]): {file: string; dataDirectory: string} {
  const {positionals, values} = parseFlags(args, usage, {data: {type: 'string', default: './data'}})
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0) {
    throw new ConfigError(`Name the one file to write.\n${usage}`)
  }
  const file = resolve(name)
  if (existsSync(file)) {
    throw new ConfigError(`${file} exists already. Move it away, or name another file.`)
  }
  if (!existsSync(dirname(file))) {
    throw new ConfigError(`The folder ${dirname(file)} does not exist. Make it first.`)
  }
  return {file, dataDirectory: resolve(values.data)}
}
