import {Hono} from 'hono'
import {z} from 'zod'

import type {TransactionOptions} from '../documents/dataset.ts'
import {httpError} from '../errors.ts'
import type {LakeHonoEnv} from './environment.ts'
import {signedIn} from './guards.ts'
import {readJson} from './requestBody.ts'

const envelope = z.looseObject({
  mutations: z.array(z.unknown()),
  transactionId: z.string().min(1).max(128).optional(),
})

/** `POST /data/mutate/:dataset`: mutations as one transaction (HTTP API, "Mutations"). */
export function mutateRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.post('/data/mutate/:dataset', signedIn, async (context) => {
    const parsed = envelope.safeParse(await readJson(context.req.raw))
    if (!parsed.success) {
      throw httpError(400, 'mutationsMalformed', 'The body must be JSON with an array "mutations".')
    }
    const {mutations, transactionId} = parsed.data
    const on = (flag: string) => context.req.query(flag) === 'true'
    const options: TransactionOptions = {
      dryRun: on('dryRun'),
      autoGenerateArrayKeys: on('autoGenerateArrayKeys'),
      ...(transactionId === undefined ? {} : {transactionId}),
    }
    const {caller, dataset} = context.var
    const answer = await dataset.mutate(mutations, options, caller)
    const results = answer.results.map(({id, operation, document}) => ({
      ...(on('returnIds') ? {id} : {}),
      operation,
      ...(on('returnDocuments') && document !== undefined ? {document} : {}),
    }))
    return context.json({transactionId: answer.transactionId, results})
  })
  return routes
}
