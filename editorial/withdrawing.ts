import {mustBeLive, standing, type LeaseRequest} from './breaking.ts'
import type {BreakingLog, BreakingNews} from './documents.ts'
import {EditorialError} from './errors.ts'
import {logged, loggedAsGivenUp, moveDesk} from './leaseLog.ts'
import {revisionOf, type Mutation} from './mutations.ts'
import {storedTimeOf} from './time.ts'

/** A lease that points at a story, with its log; `lease` is absent while it is only planned. */
export type LeaseAsRead = {
  lease?: BreakingNews | null | undefined
  log?: BreakingLog | null | undefined
}

/** Why a lease is taken back: for the log, and as a sentence for readers. */
export type Withdrawal = {reason: string; sentence: string; now: Date; by: string}

/**
 * Takes a false flash back: the mutations of one transaction over lease, log and desk. Readers are told the
 * sentence for half an hour. Throws `EditorialError` when it is over already (`leaseOver`) or a text is
 * missing (`noteMissing`).
 */
export function withdrawBreaking(request: LeaseRequest & {reason: string; sentence: string}): {
  mutations: Mutation[]
} {
  const {lease, log, deskRevision, now, by} = request
  mustBeLive(lease, now)
  return {mutations: [...withdrawn({lease, log}, request), moveDesk(deskRevision, now, by)]}
}

/**
 * Withdraws every lease of these that readers see or would see later, and gives up the plans among them: the
 * mutations without the desk's. None when there is nothing to take back.
 */
export function withdrawAll(leases: readonly LeaseAsRead[], withdrawal: Withdrawal): Mutation[] {
  const at = storedTimeOf(withdrawal.now)
  return leases
    .filter(({lease, log}) => (lease ? standing(lease) && at < lease.until : log?.planned))
    .flatMap((one) => withdrawn(one, withdrawal))
}

function withdrawn({lease, log}: LeaseAsRead, {reason, sentence, now, by}: Withdrawal): Mutation[] {
  const at = storedTimeOf(now)
  const line = {
    at,
    by,
    did: 'withdraw' as const,
    reason: said(reason, 'Say why it is withdrawn; the reason stands in the log.'),
  }
  if (!lease) return log ? [loggedAsGivenUp(log, line)] : []
  const told = said(sentence, 'Write a sentence for readers: it takes the place of the banner.')
  return [
    {
      patch: {
        id: lease._id,
        ifRevisionID: revisionOf(lease),
        set: {withdrawn: {at, sentence: told}},
      },
    },
    logged(lease, log, line),
  ]
}

function said(words: string, lacks: string): string {
  const trimmed = words.trim()
  if (trimmed === '') throw new EditorialError('noteMissing', lacks)
  return trimmed
}
