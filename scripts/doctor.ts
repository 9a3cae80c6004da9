/** `npm run doctor`: examines a data folder, stopped or in use, and says what it found. */
import {resolve} from 'node:path'

import {newsroomRoles} from '../editorial/roles.ts'
import {checkFolder} from '../lake/doctor/checkFolder.ts'
import {findRunningServer} from '../lake/store/accountsFolder.ts'
import {ConfigError, readLakeSettings} from './config.ts'
import {parseFlags} from './flags.ts'
import {lookedAt, printFindings, printSkippedGuards} from './keeping/checkup.ts'
import {exitWithSentence} from './sentence.ts'

const usage = 'Usage: npm run doctor [-- --data DIR] [--thorough]'

try {
  const {directory, thorough} = readFlags(process.argv.slice(2))
  if (readLakeSettings().lake === 'hosted') {
    throw new ConfigError(
      'With SANITY_STUDIO_LAKE=hosted there is no data folder here: Sanity keeps the content.',
    )
  }
  const server = findRunningServer(directory)
  const checkup = await checkFolder({
    directory,
    roleNames: newsroomRoles.map(({name}) => name),
    thorough,
  })
  const meanwhile = server === undefined ? '' : ` The server at ${server.url} went on meanwhile.`
  console.log(`Examined ${directory}: ${lookedAt(checkup)}.${meanwhile}`)
  if (printFindings(checkup.findings) > 0) process.exitCode = 1
  printSkippedGuards(checkup)
} catch (error) {
  exitWithSentence(error)
}

function readFlags(args: readonly string[]): {directory: string; thorough: boolean} {
  const {values, positionals} = parseFlags(args, usage, {
    data: {type: 'string', default: './data'},
    thorough: {type: 'boolean', default: false},
  })
  const [unexpected] = positionals
  if (unexpected !== undefined) {
    throw new ConfigError(`Unexpected argument '${unexpected}'.\n${usage}`)
  }
  return {directory: resolve(values.data), thorough: values.thorough}
}
