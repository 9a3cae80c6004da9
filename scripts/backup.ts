/** `npm run backup`: copies the data folder while the product runs, and proves that the copy opens. */
import {resolve} from 'node:path'

import {newsroomRoles} from '../editorial/roles.ts'
import {backupFolder} from '../lake/backup/backupFolder.ts'
import {checkFolder} from '../lake/doctor/checkFolder.ts'
import {ConfigError, readLakeSettings} from './config.ts'
import {parseFlags} from './flags.ts'
import {count, lookedAt, printFindings} from './keeping/checkup.ts'
import {exitWithSentence} from './sentence.ts'

const usage = 'Usage: npm run backup -- FOLDER [--data DIR]'

try {
  const {directory, target} = readFlags(process.argv.slice(2))
  if (readLakeSettings().lake === 'hosted') {
    throw new ConfigError(
      'With SANITY_STUDIO_LAKE=hosted, Sanity keeps and backs up the content; npx sanity dataset export saves it.',
    )
  }
  const {linked, copied} = await backupFolder(directory, target)
  console.log(
    `Copied ${directory} to ${target} (asset files: ${count(linked, 'hard link')}, ${count(copied, 'copy', 'copies')}).`,
  )
  const roleNames = newsroomRoles.map(({name}) => name)
  const checkup = await checkFolder({directory: target, roleNames, thorough: false})
  console.log(`The copy opens. Examined in it: ${lookedAt(checkup)}.`)
  if (printFindings(checkup.findings) > 0) {
    console.log('The copy was kept. Examine the data folder itself: npm run doctor')
    process.exitCode = 1
  } else {
    console.log(`To restore it, start on it, or on a copy of it: npm start -- --data ${target}`)
  }
} catch (error) {
  exitWithSentence(error)
}

function readFlags(args: readonly string[]): {directory: string; target: string} {
  const {values, positionals} = parseFlags(args, usage, {data: {type: 'string', default: './data'}})
  const [folder, ...more] = positionals
  if (folder === undefined || folder.trim() === '' || more.length > 0) {
    throw new ConfigError(`Name the one folder to make.\n${usage}`)
  }
  return {directory: resolve(values.data), target: resolve(folder)}
}
