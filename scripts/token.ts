/** `npm run token`: tokens by which servers and scripts use the embedded lake. */
import {printTable, requireName, requireRole, runAccountsScript} from './accounts.ts'

const usage = `Usage: npm run token -- add NAME --role ROLE [--data DIR]
       npm run token -- list [--data DIR]
       npm run token -- revoke NAME|ID [--data DIR]`

await runAccountsScript(
  usage,
  {
    async add(command) {
      const name = requireName(command, usage)
      const {token, secret} = await command.accounts.tokens.add({name, role: requireRole(command)})
      const {print} = command
      print(`The token "${token.name}" (${token.id}) may do what a ${token.role} may.`)
      print('This is its secret. It is shown only now: keep it where your other secrets are.')
      print(secret)
    },
    async list({accounts, print}) {
      const tokens = await accounts.tokens.list()
      if (tokens.length === 0) return print('There are no tokens yet.')
      printTable(
        print,
        ['NAME', 'ROLE', 'ID', 'SINCE'],
        tokens.map(({name, role, id, createdAt}) => [name, role, id, createdAt.slice(0, 10)]),
      )
    },
    async revoke(command) {
      const token = await command.accounts.tokens.revoke(requireName(command, usage))
      command.print(`The token "${token.name}" does not work any more.`)
    },
  },
  {role: {type: 'string'}},
)
