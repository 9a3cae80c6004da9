import {Hono} from 'hono'
import {z} from 'zod'

import {httpError} from '../errors.ts'
import {atLeast, type LakeHonoEnv} from './environment.ts'
import {signedIn} from './guards.ts'
import {readJson} from './requestBody.ts'

/** The first version of the API that has document actions. */
const actionsSince = '2024-05-23'

const envelope = z.looseObject({
  actions: z.union([
    z.array(z.unknown()),
    z.looseObject({actionType: z.string()}).transform((one) => [one]),
  ]),
  transactionId: z.string().min(1).max(128).optional(),
  dryRun: z.boolean().optional(),
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
    const parsed = envelope.safeParse(await readJson(context.req.raw))
    if (!parsed.success) {
      throw httpError(400, 'actionsMalformed', 'The body must be JSON with an array "actions".')
    }
    const {actions, transactionId, dryRun} = parsed.data
    const options = {
      dryRun: dryRun === true,
      ...(transactionId === undefined ? {} : {transactionId}),
    }
    const {caller, dataset} = context.var
    return context.json(await dataset.act(actions, options, caller))
  })
  return routes
}
