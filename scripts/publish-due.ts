/** `npm run publish-due`: publishes what is due now, on either lake, and ends. `npm start` does it all the time. */
import {randomUUID} from 'node:crypto'
import {resolve} from 'node:path'

import {readLakeSettings} from './config.ts'
import {parseFlags} from './flags.ts'
import {exitWithSentence} from './sentence.ts'

const usage = 'Usage: npm run publish-due -- [--data DIR]'

try {
  const {values} = parseFlags(process.argv.slice(2), usage, {
    data: {type: 'string', default: './data'},
  })
  const [{openConfiguredLake}, {publishDue}] = await Promise.all([
    import('./openedLake.ts'),
    import('./publishing/publishDue.ts'),
  ])
  const lake = await openConfiguredLake(readLakeSettings(), resolve(values.data), 'publish-due')
  try {
    const newKey = () => randomUUID().replaceAll('-', '').slice(0, 12)
    const {outcomes, next} = await publishDue({...lake, newKey})
    for (const {sentence} of outcomes) console.log(sentence)
    if (outcomes.length === 0) console.log('Nothing is due.')
    if (next !== undefined) console.log(`Next: ${next}`)
    if (outcomes.some(({did}) => did === 'failed' || did === 'troubled')) process.exitCode = 1
  } finally {
    await lake.close()
  }
} catch (error) {
  exitWithSentence(error)
}
