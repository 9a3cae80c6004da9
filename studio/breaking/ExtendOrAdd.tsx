import {Stack, Text} from '@sanity/ui'

import {extendedUntil} from '../../editorial/breaking.ts'
import type {DeskLease} from '../../queries/breakingDesk.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {ChoiceCard} from '../dialog/ChoiceCard.tsx'
import {extendMinutes} from './leaseSteps.ts'
import type {BreakDialogState} from './useBreakDialog.ts'

/** While something is live: does that stay longer, or does a banner come beside it? */
export function ExtendOrAdd({
  dialog: {choice, choose},
  live,
}: {
  dialog: Pick<BreakDialogState, 'choice' | 'choose'>
  live: readonly DeskLease[]
}) {
  const {
    times: {clock},
  } = useNewsroomClock()
  const extended = typeof choice === 'object' ? choice.extend : undefined
  return (
    <fieldset style={{border: 0, margin: 0, padding: 0, minWidth: 0}}>
      <legend style={{padding: 0, marginBottom: '0.75rem'}}>
        <Text size={1} weight="medium">
          Extend or add?
        </Text>
      </legend>
      <Stack gap={2}>
        <ChoiceCard
          name="extend-or-add"
          testId="break-story-add"
          checked={choice === 'add'}
          onChoose={() => choose('add')}
          title="Add a banner"
          about="Readers see one banner at a time: the most urgent, then the newest."
        />
        {live.map((lease) => (
          <ChoiceCard
            key={lease._id}
            name="extend-or-add"
            testId={`break-story-extend-${lease._id}`}
            checked={extended === lease._id}
            onChoose={() => choose({extend: lease._id})}
            title={`Extend “${lease.headline}” by ${extendMinutes} minutes`}
            about={`It stays until ${clock(extendedUntil(lease, extendMinutes))} instead of ${clock(lease.until)}.`}
          />
        ))}
      </Stack>
    </fieldset>
  )
}
