/** `npm run webhook`: whom the newsroom tells what happens, on either lake, and how that went. */
import {randomUUID} from 'node:crypto'
import {resolve} from 'node:path'

import {ConfigError, readLakeSettings} from './config.ts'
import {parseFlags} from './flags.ts'
import {exitWithSentence} from './sentence.ts'

const usage = `Usage: npm run webhook -- add NAME URL --on EVENT,… --secret SECRET_NAME [--data DIR]
       npm run webhook -- list [--data DIR]
       npm run webhook -- remove NAME [--data DIR]
       npm run webhook -- log [--data DIR]`

try {
  const {values, positionals} = parseFlags(process.argv.slice(2), usage, {
    data: {type: 'string', default: './data'},
    on: {type: 'string'},
    secret: {type: 'string'},
  })
  const [{openConfiguredLake}, {webhookList}] = await Promise.all([
    import('./openedLake.ts'),
    import('./webhooks/webhookList.ts'),
  ])
  const [verb, name, url] = positionals
  const lake = await openConfiguredLake(readLakeSettings(), resolve(values.data), 'webhook')
  try {
    const list = webhookList(lake.client)
    if (verb === 'add' && name !== undefined && url !== undefined) {
      const newKey = () => randomUUID().slice(0, 12)
      const {on, secret} = values
      console.log(await list.add({name, url, on: on?.split(',') ?? [], secretName: secret}, newKey))
    } else if (verb === 'remove' && name !== undefined) {
      console.log(await list.remove(name))
    } else if (verb === 'list' || verb === 'log') {
      for (const line of await list[verb]()) console.log(line)
    } else {
      throw new ConfigError(usage)
    }
  } finally {
    await lake.close()
  }
} catch (error) {
  exitWithSentence(error)
}
