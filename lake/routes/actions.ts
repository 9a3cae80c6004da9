import {Hono} from 'hono'
import {z} from 'zod'

import {httpError} from '../errors.ts'
import {atLeast, type LakeHonoEnv} from './environment.ts'
import {signedIn} from './guards.ts'
import {skippingGuards} from './skipGuards.ts'
import {readEnvelope, transactionId} from './transactionEnvelope.ts'

/** The first version of the API that has document actions. */
const actionsSince = '2024-05-23'

const envelope = z.looseObject({
  actions: z.union([
    z.array(z.unknown()),
    z.looseObject({actionType: z.string()}).transform((one) => [one]),
  ]),
  transactionId,
  dryRun: z.boolean('it must be true or false').optional(),
})

/** `POST /data/actions/:dataset`: document actions as one transaction (HTTP API, "Actions"). */
export function actionsRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.post('/data/actions/:dataset', signedIn, async (context) => {
    if (!atLeast(context.var.apiVersion, actionsSince)) {
      throw httpError(
        400,
        'actionsUnavailable',
        `Actions need API version ${actionsSince} or later.`,
      )
    }
    const body = await readEnvelope(context.req.raw, envelope, 'actions')
    const options = {
      dryRun: body.dryRun === true,
      ...(body.transactionId === undefined ? {} : {transactionId: body.transactionId}),
      ...skippingGuards(context),
    }
    const {caller, dataset} = context.var
    return context.json(await dataset.act(body.actions, options, caller))
  })
  return routes
}
