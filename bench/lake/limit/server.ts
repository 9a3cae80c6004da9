/**
 * A program: hand-written SQL behind the web server of the product. Its arguments are the limit's file and a file to
 * write to. Prints its address as JSON in one line; ends at SIGTERM.
 *
 * `GET /answer/WORK?params=JSON` sends the JSON that SQLite made as it is. `POST /keystroke` (`{"text": …}`) changes one
 * attribute of one stored story in a transaction that is synced to disk before it is answered.
 */
import {once} from 'node:events'

import {Hono} from 'hono'
import {z} from 'zod'

import {listen} from '../../../scripts/product/webServer.ts'
import {benchEnvironment} from '../engine/environment.ts'
import {workNames} from '../works.ts'
import {openLimit} from './answers.ts'
import {openBareStore} from './bareStore.ts'

const [file, bareFile] = process.argv.slice(2)
if (file === undefined || bareFile === undefined) throw new Error('Name both files.')

const workName = z.enum(workNames)
const params = z.record(z.string(), z.unknown())
const keystroke = z.object({text: z.string()})

const {clock} = benchEnvironment()
const limit = openLimit(file)
const bare = openBareStore(bareFile)

const routes = new Hono()
routes.get('/answer/:work', (context) => {
  const began = performance.now()
  const work = workName.parse(context.req.param('work'))
  const given = params.parse(JSON.parse(context.req.query('params') ?? '{}'))
  const result = limit.answer(work, given, clock.now())
  const ms = Math.round(performance.now() - began)
  const headers = {'content-type': 'application/json; charset=utf-8'}
  return context.body(`{"result":${result},"ms":${ms}}`, 200, headers)
})
routes.post('/keystroke', async (context) => {
  const {text} = keystroke.parse(await context.req.json())
  bare.type(text)
  return context.json({transactionId: crypto.randomUUID()})
})

const server = await listen('127.0.0.1', 0, (request) => routes.fetch(request))
console.log(JSON.stringify({origin: `http://localhost:${server.port}`}))

await once(process, 'SIGTERM')
await server.close(1000)
limit.close()
bare.close()
process.exit(0)
