import {Hono} from 'hono'
import {z} from 'zod'

import type {TransactionOptions} from '../documents/dataset.ts'
import {answerWithJson} from './answers.ts'
import type {LakeHonoEnv} from './environment.ts'
import {signedIn} from './guards.ts'
import {skippingGuards} from './skipGuards.ts'
import {readEnvelope, transactionId} from './transactionEnvelope.ts'

const envelope = z.looseObject({
  mutations: z.array(z.unknown()),
  transactionId,
})

/** `POST /data/mutate/:dataset`: mutations as one transaction (HTTP API, "Mutations"). */
export function mutateRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.post('/data/mutate/:dataset', signedIn, async (context) => {
    const body = await readEnvelope(context.req.raw, envelope, 'mutations')
    const on = (flag: string) => context.req.query(flag) === 'true'
    const options: TransactionOptions = {
      dryRun: on('dryRun'),
      autoGenerateArrayKeys: on('autoGenerateArrayKeys'),
      ...(body.transactionId === undefined ? {} : {transactionId: body.transactionId}),
      ...skippingGuards(context),
    }
    const dataset = context.get('dataset')
    const answer = await dataset.mutate(body.mutations, options, context.get('caller'))
    const results = answer.results.map(({id, operation, document}) => ({
      ...(on('returnIds') ? {id} : {}),
      operation,
      ...(on('returnDocuments') && document !== undefined ? {document} : {}),
    }))
    const told = {transactionId: answer.transactionId, results}
    return answerWithJson(context, JSON.stringify(told))
  })
  return routes
}
