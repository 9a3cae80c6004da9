import {endOf, isLive} from '../../editorial/breaking.ts'
import {storedTimeOf} from '../../editorial/time.ts'
import {StudioError} from '../StudioError.ts'
import {deedOf, whenOf} from './leaseDeeds.ts'
import type {StepAsRead} from './readStep.ts'

/** Who is told what others did, and how they read names and times. */
export type Reader = {
  /** Their own user id. */
  by: string
  nameOf: (userId: string) => Promise<string>
  /** A stored time in the newsroom's zone, "14:05 MSK". */
  clock: (at: string) => string
}

/**
 * Throws `StudioError` unless an item of the breaking desk still stands as somebody saw it: `over` when readers do not
 * see it any more, `meanwhile` when its log has grown. Both say who did what, when, and whose item it is. `seen` is the
 * `_key` of the last line of its log that the person knew; undefined lets every line pass.
 */
export async function mustBeAsSeen(
  reader: Reader,
  read: StepAsRead,
  seen: string | undefined,
): Promise<void> {
  const {lease, log, now} = read
  if (lease && lease.startsAt <= storedTimeOf(now) && !isLive(lease, now)) {
    throw new StudioError('over', `${await howItEnded(reader, read)} ${await whose(reader, read)}`)
  }
  const last = log?.log.at(-1)
  if (seen === undefined || last === undefined || last._key === seen) return
  const who = await reader.nameOf(last.by)
  const gaveUp = lease === undefined && log?.planned === undefined
  const did = gaveUp ? 'gave this plan up' : deedOf(last, reader.clock)
  const when = whenOf(last.at, now, reader.clock)
  throw new StudioError(
    'meanwhile',
    `${who} ${did} ${when}, so nothing more was done. ${await whose(reader, read)}`,
  )
}

async function howItEnded({nameOf, clock}: Reader, {lease, log, now}: StepAsRead): Promise<string> {
  if (!lease) return 'It is not there any more.'
  const doer = async (did: 'end' | 'withdraw') => {
    const line = log?.log.findLast((one) => one.did === did)
    return line === undefined ? 'Somebody' : await nameOf(line.by)
  }
  const what = `“${lease.headline}”`
  const gone = 'so readers do not see it any more.'
  if (lease.withdrawn) {
    const when = whenOf(lease.withdrawn.at, now, clock)
    return `${await doer('withdraw')} withdrew ${what} ${when}, ${gone}`
  }
  if (lease.endedAt) {
    return `${await doer('end')} ended ${what} ${whenOf(lease.endedAt, now, clock)}, ${gone}`
  }
  return `${what} ran out ${whenOf(endOf(lease), now, clock)}, ${gone}`
}

/** Whose item it is, as a sentence. */
async function whose({by, nameOf}: Reader, {lease, log}: StepAsRead): Promise<string> {
  const headline = lease?.headline ?? log?.planned?.headline
  const what = headline === undefined ? 'It' : `“${headline}”`
  if (log === undefined) return `${what} came from outside the Studio.`
  return log.owner === by ? `${what} is yours.` : `${what} is ${await nameOf(log.owner)}’s.`
}
