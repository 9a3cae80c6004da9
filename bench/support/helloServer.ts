/** A program of its own: the least that the same web framework can answer, to compare with. Prints its port. */
import {serve} from '@hono/node-server'
import {Hono} from 'hono'

const app = new Hono()
app.get('/', (context) => context.html('<!doctype html><title>Hello</title><p>Hello.</p>'))
serve({fetch: app.fetch, port: 0, hostname: '127.0.0.1'}, ({port}) => console.log(port))
