import {uuid} from '@sanity/uuid'
import {useCallback, useEffect, useState} from 'react'

import {isUnanswered} from '../StudioError.ts'
import {attemptFor, forgetAttempt, keepAttempt, type Attempt} from './attempts.ts'
import type {BreakingForm, StoryToBreak} from './breakingRequest.ts'
import {goLive, lookFor, type PutUp} from './goLive.ts'
import type {Hands} from './leaseSteps.ts'
import type {BreakingDeskNow} from './useBreakingDesk.ts'

export type Attempts = {
  /** The key of every attempt, which is the banner's id: one banner comes of them, whatever happens. */
  leaseId: string
  /** What was typed before a reload took the dialog away. */
  typed: Pick<Attempt, 'form' | 'startsAt'> | undefined
  /** False while it is looked whether an attempt before a reload had arrived. */
  looked: boolean
  /** Whether the last attempt got no answer, and what is known of it since. */
  unanswered: 'unknown' | 'notThere' | undefined
  /** What an attempt had put up before anybody knew of it. */
  found: PutUp | undefined
  /**
   * Sends what was filled in. Answers what went up, or undefined when it is `found` or when somebody `moved` the desk.
   * Throws `EditorialError` for what the rules refuse, and the client's errors.
   */
  putUp: (filled: BreakingForm, startsAt: string | undefined) => Promise<PutUp | 'moved' | 'found'>
}

/**
 * The attempts of a dialog to put one banner up; `seen` is the desk that it shows. What became of one that got no answer is
 * looked up whenever there is news of the desk: when the lake is there again, and when the banner comes after all.
 */
export function useAttempt({
  hands: {client, by},
  story,
  purpose,
  seen,
}: {
  hands: Pick<Hands, 'client' | 'by'>
  story: StoryToBreak | undefined
  /** What the dialog is for: attempts of the same purpose before a reload are gone on with. */
  purpose: string
  seen: Pick<BreakingDeskNow, 'revision' | 'live'> | undefined
}): Attempts {
  const [earlier] = useState(() => attemptFor(purpose))
  const [leaseId] = useState(() => earlier?.leaseId ?? uuid())
  const [looked, setLooked] = useState(earlier === undefined)
  const [unanswered, setUnanswered] = useState<Attempts['unanswered']>(earlier && 'unknown')
  const [found, setFound] = useState<PutUp>()

  const learn = useCallback(
    (fate: PutUp | 'notThere' | undefined) => {
      if (typeof fate !== 'object') return setUnanswered((known) => fate ?? known)
      forgetAttempt(purpose)
      setUnanswered(undefined)
      return setFound(fate)
    },
    [purpose],
  )

  const isUncertain = unanswered !== undefined
  useEffect(() => {
    if (!isUncertain || seen === undefined) return undefined
    let current = true
    const look = async () => {
      const fate = await lookFor(client, leaseId)
      if (!current) return
      learn(fate)
      setLooked(true)
    }
    void look()
    return () => {
      current = false
    }
  }, [isUncertain, seen, client, leaseId, learn])

  const putUp: Attempts['putUp'] = async (filled, startsAt) => {
    if (seen === undefined) return 'moved'
    keepAttempt(purpose, {leaseId, form: filled, startsAt})
    setUnanswered(undefined)
    try {
      const outcome = await goLive({client, leaseId, form: filled, story, startsAt, seen, by})
      if (outcome.kind === 'wasThere') {
        learn(outcome.up)
        return 'found'
      }
      forgetAttempt(purpose)
      return outcome.kind === 'moved' ? 'moved' : outcome.up
    } catch (error) {
      if (!isUnanswered(error)) {
        forgetAttempt(purpose)
        throw error
      }
      const fate = await lookFor(client, leaseId)
      if (fate === undefined || fate === 'notThere') {
        setUnanswered(fate ?? 'unknown')
        throw error
      }
      learn(fate)
      return 'found'
    }
  }
  return {leaseId, typed: earlier, looked, unanswered, found, putUp}
}
