import type {Clock, Logger} from '../../lake/environment.ts'
import type {DueOutcome, Worker} from './dueWork.ts'
import {publishDue, untilNextRound} from './publishDue.ts'

/** How long a story that was scheduled for this very moment may wait for the worker to hear of it. */
const longestPause = 5000
/** A lake that does not answer is left alone for a while. */
const pauseAfterTrouble = 30_000

/** The worker inside a running product. */
export type Schedule = {
  /** Ends it, once the round that is under way is over. */
  close(): Promise<void>
}

/** Publishes what is due for as long as the product runs; what became overdue before, first of all. */
export function keepSchedule(
  worker: Worker,
  {clock, logger}: {clock: Clock; logger: Logger},
): Schedule {
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  let trouble = ''

  const say = ({did, id, sentence}: DueOutcome) => {
    const level = did === 'failed' || did === 'troubled' ? 'warn' : 'info'
    logger[level]({id, did}, sentence)
  }
  const work = async (): Promise<number> => {
    try {
      const {outcomes, next} = await publishDue(worker)
      outcomes.forEach(say)
      trouble = ''
      const troubled = outcomes.some(({did}) => did === 'troubled')
      return troubled ? pauseAfterTrouble : untilNextRound(next, clock.now(), longestPause)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      // Once, not every half a minute while an outage lasts.
      if (reason !== trouble) logger.warn({err: error}, 'What is due could not be published.')
      trouble = reason
      return pauseAfterTrouble
    }
  }
  const start = () => {
    round = again()
  }
  const again = async () => {
    const pause = await work()
    if (closed) return
    timer = setTimeout(start, pause)
    timer.unref()
  }
  start()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await round
    },
  }
}
