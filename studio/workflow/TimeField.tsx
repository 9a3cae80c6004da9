import {Stack, Text, TextInput} from '@sanity/ui'
import {useId} from 'react'

import {EditorialError} from '../../editorial/errors.ts'
import {hour, lengthBetween} from '../../editorial/time.ts'
import {fullTime, instantOf, wallTimeOf} from '../../editorial/zones.ts'
import {useFocusOnMount} from '../dialog/useFocusOnMount.ts'
import type {StoryDesk} from './storyDesk.ts'

/** What the newsroom's clocks show, as the field holds it, with the instant that is meant or why there is none. */
export type ChosenTime = {shown: string} & ({at: string} | {sentence: string})

/** The time that a field shows. */
export function chosenTime(shown: string, timeZone: string): ChosenTime {
  try {
    return {shown, at: instantOf(shown, timeZone)}
  } catch (error) {
    if (error instanceof EditorialError) return {shown, sentence: error.message}
    throw error
  }
}

/** What is chosen first: the end of the embargo, or the next full hour that is not too close. */
export function firstTime({facts, timeZone}: Pick<StoryDesk, 'facts' | 'timeZone'>): ChosenTime {
  const soon = nextFullHour(facts.now)
  const embargo = facts.draft?.embargoUntil
  const first = embargo !== undefined && Date.parse(embargo) > soon.getTime() ? embargo : soon
  return chosenTime(wallTimeOf(first, timeZone), timeZone)
}

/** The next full hour that is not too close to be chosen with care. */
export function nextFullHour(now: Date): Date {
  return new Date(Math.ceil((now.getTime() + hour / 4) / hour) * hour)
}

/** A day and a time by the newsroom's clock, with what it means in words. */
export function TimeField({
  now,
  timeZone,
  chosen,
  deed = 'It goes live',
  testId = 'schedule',
  takesFocus = true,
  onChange,
}: {
  now: Date
  timeZone: string
  chosen: ChosenTime
  /** What happens then, as the beginning of a sentence. */
  deed?: string
  testId?: string
  takesFocus?: boolean
  onChange: (chosen: ChosenTime) => void
}) {
  const id = useId()
  const focus = useFocusOnMount<HTMLInputElement>()
  return (
    <Stack gap={3}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        When? Day and time in the newsroom’s zone, {timeZone}
      </Text>
      <TextInput
        id={id}
        ref={takesFocus ? focus : undefined}
        type="datetime-local"
        min={wallTimeOf(now, timeZone)}
        value={chosen.shown}
        onChange={({currentTarget}) =>
          onChange(chosenTime(currentTarget.value.slice(0, 16), timeZone))
        }
        aria-describedby={`${id}-means`}
        style={{fontVariantNumeric: 'tabular-nums'}}
        data-testid={`${testId}-time`}
      />
      <Text as="output" size={1} id={`${id}-means`} data-testid={`${testId}-means`}>
        {'at' in chosen ? meaning(deed, chosen.at, now, timeZone) : chosen.sentence}
      </Text>
    </Stack>
  )
}

function meaning(deed: string, at: string, now: Date, timeZone: string): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const ahead = Date.parse(at) > now.getTime() ? `in ${lengthBetween(now, at)}` : 'which has passed'
  const elsewhere = own === timeZone ? '' : ` On your own clock that is ${fullTime(at, own)}.`
  return `${deed} on ${fullTime(at, timeZone)}, ${ahead}.${elsewhere}`
}
