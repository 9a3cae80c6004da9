import {Hono, type Context} from 'hono'

import type {TransactionOptions} from '../documents/dataset.ts'
import {skippedGuardsQuery} from '../documents/skippedGuards.ts'
import {httpError} from '../errors.ts'
import type {LakeHonoEnv} from './environment.ts'
import {administrator, requireAdministrator} from './guards.ts'

const longestReason = 1_000

/**
 * Whether a transaction goes past the guards, and why: `?skipGuards=true&skipGuardsReason=…`. Throws `LakeError` 401, 403
 * for whoever is no administrator, and 400 without a reason.
 */
export function skippingGuards(
  context: Context<LakeHonoEnv>,
): Pick<TransactionOptions, 'skipGuards'> {
  if (context.req.query('skipGuards') !== 'true') return {}
  requireAdministrator(context.var.caller, 'Only administrators may skip the guards.')
  const reason = context.req.query('skipGuardsReason')?.trim() ?? ''
  if (reason === '' || reason.length > longestReason) {
    throw httpError(
      400,
      'reasonMissing',
      `Say why the guards are skipped: "skipGuardsReason", with 1 to ${longestReason} characters.`,
    )
  }
  return {skipGuards: reason}
}

/** `GET /data/skipped-guards/:dataset`: the transactions that went past the guards, newest first, for administrators. */
export function skippedGuardsRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.get('/data/skipped-guards/:dataset', administrator, async (context) => {
    const request = {query: skippedGuardsQuery, params: {}, perspective: ['raw']}
    const {result} = await context.var.dataset.query(request, context.var.caller)
    return context.json({skipped: result})
  })
  return routes
}
