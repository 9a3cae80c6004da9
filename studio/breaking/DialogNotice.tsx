import {Card, Stack, Text} from '@sanity/ui'

import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {useNames} from '../useNames.ts'
import {stepSentence, type DeskStep} from './stepsSince.ts'

/** Why a confirmation brought nothing, and what others did at the desk meanwhile. */
export function DialogNotice({
  problem,
  steps,
}: {
  problem: string | undefined
  steps: readonly DeskStep[]
}) {
  const {now, times} = useNewsroomClock()
  const nameOf = useNames(steps.map(({line}) => line.by))
  return (
    <>
      {problem !== undefined && (
        <Card padding={4} radius={2} border tone="critical" role="alert">
          <Text size={1} data-testid="break-story-problem">
            {problem}
          </Text>
        </Card>
      )}
      <output style={{display: 'contents'}}>
        {steps.length > 0 && (
          <Card padding={4} radius={2} border tone="caution" data-testid="break-story-meanwhile">
            <Stack gap={3}>
              <Text size={1} weight="medium">
                Since you opened this:
              </Text>
              {steps.map((step) => (
                <Text size={1} key={`${step.id} ${step.line._key}`}>
                  {stepSentence(step, nameOf(step.line.by), times.clock, now)}
                </Text>
              ))}
            </Stack>
          </Card>
        )}
      </output>
    </>
  )
}
