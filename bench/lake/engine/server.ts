/**
 * A program: the real lake on a data folder (its one argument), served as the product serves it. Prints its address and a
 * token of somebody who may write, as JSON in one line; ends at SIGTERM.
 */
import {once} from 'node:events'

import {openLake, type Lake} from '../../../lake/server.ts'
import {listen} from '../../../scripts/product/webServer.ts'
import {benchEnvironment, benchRoles} from './environment.ts'

const [dataDirectory] = process.argv.slice(2)
if (dataDirectory === undefined) throw new Error('Name the data folder.')

const starting = () => new Response('starting', {status: 503})
const server = await listen('127.0.0.1', 0, starting)
const origin = `http://localhost:${server.port}`
const lake: Lake = await openLake({
  dataDirectory,
  projectId: 'bench',
  datasets: ['production'],
  publicUrl: origin,
  extraHosts: [],
  productName: 'Bench',
  roles: benchRoles,
  environment: benchEnvironment(),
})
const name = `Bench ${process.pid} ${Date.now()}`
const {secret} = await lake.accounts.tokens.add({name, role: 'administrator'})
server.answerWith((request) => lake.fetch(request))
console.log(JSON.stringify({origin, token: secret}))

await once(process, 'SIGTERM')
lake.endStreams()
await server.close(1000)
await lake.close()
process.exit(0)
