import {Button, Flex, Stack, Text, TextInput} from '@sanity/ui'
import {useId} from 'react'

import {longestLeaseMinutes, shortestLeaseMinutes} from '../../editorial/breaking.ts'
import {minute, storedTimeOf} from '../../editorial/time.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {formReason, type BreakingForm} from './breakingRequest.ts'

/** Lengths that are usual, one click away. */
const usual = [15, 30, 60, 120]

/** For how many minutes, and until when that is in the newsroom's zone. */
export function LengthField({
  form,
  startsAt,
  onChange,
}: {
  form: BreakingForm
  startsAt: string
  onChange: (form: BreakingForm) => void
}) {
  const id = useId()
  const {
    times: {clock},
  } = useNewsroomClock()
  const {minutes} = form
  const isLength = formReason({...form, headline: '…'}) === undefined
  const until = storedTimeOf(new Date(Date.parse(startsAt) + (isLength ? minutes : 0) * minute))
  return (
    <Stack gap={3}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        For how many minutes
      </Text>
      <Flex gap={2} align="center" wrap="wrap">
        <div style={{width: '6rem'}}>
          <TextInput
            id={id}
            type="number"
            min={shortestLeaseMinutes}
            max={longestLeaseMinutes}
            value={Number.isFinite(minutes) ? minutes : ''}
            onChange={({currentTarget}) =>
              onChange({...form, minutes: currentTarget.valueAsNumber})
            }
            aria-describedby={`${id}-end`}
            style={{fontVariantNumeric: 'tabular-nums'}}
            data-testid="break-story-minutes"
          />
        </div>
        {usual.map((length) => (
          <Button
            key={length}
            type="button"
            mode="ghost"
            fontSize={1}
            padding={2}
            text={String(length)}
            aria-label={`${length} minutes`}
            onClick={() => onChange({...form, minutes: length})}
          />
        ))}
      </Flex>
      <Text as="output" size={1} muted id={`${id}-end`} data-testid="break-story-end">
        {isLength
          ? `It ends by itself at ${clock(until)}, unless somebody extends it.`
          : `Between ${shortestLeaseMinutes} minute and 12 hours.`}
      </Text>
    </Stack>
  )
}
