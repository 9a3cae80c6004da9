/** `npm run user`: the people who may sign in to the embedded lake. */
import {signInUrl} from '../lake/access/signInUrl.ts'
import {signInLinkMinutes} from '../lake/store/accountsSessions.ts'
import {
  printTable,
  requireName,
  requireRole,
  runAccountsScript,
  type AccountsCommand,
} from './accounts.ts'

const usage = `Usage: npm run user -- add NAME --role ROLE [--email ADDRESS] [--url URL] [--data DIR]
       npm run user -- link NAME [--url URL] [--data DIR]
       npm run user -- list [--data DIR]
       npm run user -- revoke NAME [--data DIR]`

await runAccountsScript(
  usage,
  {
    async add(command) {
      const {accounts, flags, print} = command
      const {email} = flags
      const name = requireName(command, usage)
      const role = requireRole(command)
      const user = await accounts.users.add({
        name,
        role,
        ...(email === undefined ? {} : {email}),
      })
      print(`${user.name} may sign in now, as ${user.role}.`)
      await printLink(command, user.name)
    },
    async link(command) {
      await printLink(command, requireName(command, usage))
    },
    async list({accounts, print}) {
      const users = await accounts.users.list('person')
      if (users.length === 0) return print('Nobody may sign in yet.')
      printTable(
        print,
        ['NAME', 'ROLE', 'ID', 'SINCE'],
        users.map(({name, role, id, createdAt}) => [name, role, id, createdAt.slice(0, 10)]),
      )
    },
    async revoke(command) {
      const user = await command.accounts.users.revoke(requireName(command, usage))
      command.print(`${user.name} may not sign in any more; all sessions have ended.`)
    },
  },
  {role: {type: 'string'}, email: {type: 'string'}, url: {type: 'string'}},
)

async function printLink(command: AccountsCommand, name: string): Promise<void> {
  const {accounts, publicUrl, print} = command
  const {code} = await accounts.sessions.createLink(name)
  print(`Sign-in link, works once and for ${signInLinkMinutes} minutes:`)
  print(signInUrl(publicUrl, code))
}
