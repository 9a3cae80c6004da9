import {useToast} from '@sanity/ui/toast'
import {useMemo, useRef, useState} from 'react'

import {wallTimeOf} from '../../editorial/zones.ts'
import type {DeskLease} from '../../queries/breakingDesk.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {isUnanswered, sentenceOf} from '../StudioError.ts'
import {useStoryDesk, whyNotBroken} from '../workflow/storyDesk.ts'
import {chosenTime, nextFullHour, type ChosenTime} from '../workflow/TimeField.tsx'
import {
  firstForm,
  formReason,
  type BannerWords,
  type BreakingForm,
  type StoryToBreak,
} from './breakingRequest.ts'
import {standingChoice, type Choice, type Chosen} from './choice.ts'
import type {PutUp} from './goLive.ts'
import {extendLease, extendMinutes} from './leaseSteps.ts'
import {stepsSince, type DeskStep} from './stepsSince.ts'
import {useAttempt} from './useAttempt.ts'
import {useBreakingDesk, type BreakingDeskNow} from './useBreakingDesk.ts'
import {useHands} from './useHands.ts'

export type BreakDialogProps = {
  /** What the banner leads to; a flash goes out without. */
  story?: StoryToBreak | undefined
  /** What the form starts with. */
  words?: BannerWords | undefined
  when: 'now' | 'later'
  onClose: () => void
}

export type BreakDialogState = {
  desk: BreakingDeskNow | undefined
  /** What others did at the desk since the dialog opened. */
  steps: readonly DeskStep[]
  /** Why the last confirmation brought nothing. */
  problem: string | undefined
  /** Undefined until it is known how long breaking news usually runs. */
  form: BreakingForm | undefined
  setForm: (form: BreakingForm) => void
  /** When a plan starts. */
  start: ChosenTime
  setStart: (start: ChosenTime) => void
  /** The banner of the dialog's story that is up: it can only be extended. */
  own: DeskLease | undefined
  /** Whether "extend or add?" is to be asked, and what was answered. */
  asks: boolean
  choice: Choice | undefined
  choose: (choice: Choice) => void
  /** The banner's id, whatever is tried how often. */
  leaseId: string
  /** What an earlier attempt had put up. */
  found: PutUp | undefined
  confirm: {text: string; disabledReason: string | undefined; busy: boolean}
  onConfirm: () => void
}

/** What a banner's dialog knows and does. What was typed stays, whatever comes of it. */
export function useBreakDialog({
  story,
  words = {},
  when,
  onClose,
}: BreakDialogProps): BreakDialogState {
  const hands = useHands()
  const storyDesk = useStoryDesk()
  const {push} = useToast()
  const clock = useNewsroomClock()
  const {desk, steps: all, failure} = useDeskSteps()
  const purpose = `${when} ${story?._id ?? 'flash'}`
  const attempt = useAttempt({hands, story, purpose, seen: desk})
  const [typed, setForm] = useState(attempt.typed?.form)
  const [written, setStart] = useState<ChosenTime>()
  const [chosen, setChosen] = useState<Chosen>()
  // Of the desk's revision that a confirmation was held to, when somebody was faster.
  const [overtaken, setOvertaken] = useState<{revision: string | undefined}>()
  const {sending, problem, send} = useSending()

  const form = typed ?? (desk && firstForm(words, desk.defaultMinutes))
  const first = attempt.typed?.startsAt ?? nextFullHour(clock.now)
  const start = written ?? chosenTime(wallTimeOf(first, clock.timeZone), clock.timeZone)
  const live = desk?.live ?? []
  const own = live.find((lease) => story !== undefined && lease.article?._ref === story._id)
  const isOwn = when === 'now' && own !== undefined
  const choice = when === 'later' ? 'add' : own ? {extend: own._id} : standingChoice(chosen, live)
  const extended =
    typeof choice === 'object' ? live.find(({_id}) => _id === choice.extend) : undefined

  const extend = async ({_id, headline, log}: DeskLease) => {
    await extendLease(hands, {leaseId: _id, seen: log.at(-1)?._key}, extendMinutes)
    push({status: 'success', title: `“${headline}” stays ${extendMinutes} minutes longer.`})
    onClose()
  }
  const putUp = async (filled: BreakingForm) => {
    const startsAt = when === 'later' && 'at' in start ? start.at : undefined
    const up = await attempt.putUp(filled, startsAt)
    if (up === 'moved') return setOvertaken({revision: desk?.revision})
    if (up === 'found') return undefined
    push({status: 'success', title: doneWords(up, clock.times.clock)})
    return onClose()
  }

  const waits = overtaken !== undefined && overtaken.revision === desk?.revision
  const reason = (): string | undefined => {
    if (desk === undefined || !attempt.looked) return failure ?? 'Looking at what is live …'
    if (waits) return 'Looking at what somebody else did …'
    if (choice === undefined) return 'Say whether to extend what is live or to add a banner.'
    if (extended !== undefined || form === undefined) return undefined
    const refusal = storyDesk && whyNotBroken(storyDesk)
    if (refusal !== undefined) return refusal
    return formReason(form) ?? (when === 'later' ? startReason(start, clock.now) : undefined)
  }
  return {
    desk,
    steps: all.filter(({id}) => id !== attempt.leaseId),
    problem:
      attempt.unanswered === 'notThere'
        ? notArrived[when]
        : (problem ?? (overtaken && wasOvertaken)),
    form,
    setForm,
    start,
    setStart,
    own: isOwn ? own : undefined,
    asks: when === 'now' && own === undefined && live.length > 0,
    choice,
    choose: (choice) => setChosen({choice, among: live.map(({_id}) => _id)}),
    leaseId: attempt.leaseId,
    found: attempt.found,
    confirm: {
      text: confirmText(when, extended, problem !== undefined || attempt.unanswered !== undefined),
      disabledReason: sending ? undefined : reason(),
      busy: sending,
    },
    onConfirm: () => {
      setOvertaken(undefined)
      if (extended !== undefined) send(() => extend(extended))
      else if (form !== undefined) send(() => putUp(form))
    },
  }
}

/** The desk, and what was done at it since the first look. */
function useDeskSteps(): {
  desk: BreakingDeskNow | undefined
  steps: readonly DeskStep[]
  failure: string | undefined
} {
  const known = useBreakingDesk()
  const desk = known.state === 'ready' ? known : undefined
  const [first, setFirst] = useState<BreakingDeskNow>()
  if (first === undefined && desk !== undefined) setFirst(desk)
  const steps = useMemo(() => (first && desk ? stepsSince(first, desk) : []), [first, desk])
  const failure =
    known.state === 'failed'
      ? 'The lake does not say what is live. It is asked again every few seconds.'
      : undefined
  return {desk, steps, failure}
}

const wasOvertaken =
  'Somebody else moved breaking news at the same moment: nothing was sent. See what is live now, and confirm again.'

/** What is told once the lake, asked again, has nothing of an attempt. */
const notArrived = {
  now: 'The connection broke before this arrived: readers do not see it. What you typed is still here; try again.',
  later:
    'The connection broke before this arrived: nothing is planned. What you typed is still here; try again.',
} as const

const unanswered =
  'No answer came back, so it is not certain whether readers see it. Try again: however often you do, there is one banner.'

/** One thing at a time: a second click while the first is under way does nothing. */
function useSending() {
  const underWay = useRef(false)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const send = (step: () => Promise<void>): void => {
    if (underWay.current) return
    underWay.current = true
    setSending(true)
    setProblem(undefined)
    void step()
      .catch((error: unknown) => setProblem(isUnanswered(error) ? unanswered : sentenceOf(error)))
      .finally(() => {
        underWay.current = false
        setSending(false)
      })
  }
  return {sending, problem, send}
}

function confirmText(
  when: 'now' | 'later',
  extended: DeskLease | undefined,
  failed: boolean,
): string {
  if (extended !== undefined) return `Extend ${extendMinutes} min`
  if (failed) return 'Try again'
  return when === 'later' ? 'Plan it' : 'Show it to readers now'
}

function startReason(start: ChosenTime, now: Date): string | undefined {
  if ('sentence' in start) return start.sentence
  return Date.parse(start.at) > now.getTime()
    ? undefined
    : 'This time has passed. Choose a later one.'
}

function doneWords({planned, headline, startsAt}: PutUp, clock: (at: string) => string): string {
  return planned
    ? `“${headline}” starts at ${clock(startsAt)}. Until then it is private.`
    : `Readers see “${headline}” now.`
}
