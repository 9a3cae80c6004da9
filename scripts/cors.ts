/** `npm run cors`: web origins whose pages may call the embedded lake's API. */
import {normaliseOrigin} from '../lake/access/hosts.ts'
import {printTable, requireName, runAccountsScript, type AccountsCommand} from './accounts.ts'
import {ConfigError} from './config.ts'

const usage = `Usage: npm run cors -- add ORIGIN [--credentials] [--data DIR]
       npm run cors -- list [--data DIR]
       npm run cors -- remove ORIGIN [--data DIR]`

await runAccountsScript(
  usage,
  {
    async add(command) {
      const origin = originOf(command)
      const credentials = command.flags.credentials === true
      await command.accounts.origins.add(origin, credentials)
      command.print(
        credentials
          ? `Pages at ${origin} may call the API as whoever is signed in, and with tokens.`
          : `Pages at ${origin} may call the API with tokens, and without sign-in.`,
      )
    },
    async list({accounts, print}) {
      const origins = await accounts.origins.list()
      if (origins.length === 0)
        return print('No origins have been added; only our own pages may write.')
      printTable(
        print,
        ['ORIGIN', 'CREDENTIALS', 'SINCE'],
        origins.map(({origin, credentials, createdAt}) => [
          origin,
          credentials ? 'yes' : 'no',
          createdAt.slice(0, 10),
        ]),
      )
    },
    async remove(command) {
      const origin = originOf(command)
      await command.accounts.origins.remove(origin)
      command.print(`Pages at ${origin} are strangers again.`)
    },
  },
  {credentials: {type: 'boolean'}},
)

function originOf(command: AccountsCommand): string {
  const wanted = requireName(command, usage)
  const origin = normaliseOrigin(wanted)
  if (origin !== undefined) return origin
  throw new ConfigError(
    `An origin is scheme, name and port, such as https://www.example.com, not "${wanted}".`,
  )
}
