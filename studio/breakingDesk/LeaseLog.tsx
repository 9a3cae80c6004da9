import {ChevronDownIcon} from '@sanity/icons/ChevronDown'
import {ChevronRightIcon} from '@sanity/icons/ChevronRight'
import {Button, Flex, Stack, Text} from '@sanity/ui'
import {useId, useState} from 'react'

import type {DeskLogLine} from '../../queries/breakingDesk.ts'
import {counted} from '../../schemas/previews.ts'
import {deedOf} from '../breaking/leaseDeeds.ts'
import {capital, useDesk} from './deskContext.ts'
import {moment} from './moment.ts'

/** Who did what and when, in its order, behind one click. */
export function LeaseLog({log}: {log: readonly DeskLogLine[]}) {
  const {nameOf, clock} = useDesk()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  if (log.length === 0) return null
  return (
    <Stack gap={2} data-testid="desk-log">
      <Flex>
        <Button
          icon={isOpen ? ChevronDownIcon : ChevronRightIcon}
          mode="bleed"
          padding={2}
          gap={2}
          fontSize={1}
          text={counted(log.length, 'step', 'steps')}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        />
      </Flex>
      <Stack
        as="ol"
        id={id}
        gap={3}
        paddingX={2}
        paddingBottom={2}
        hidden={!isOpen}
        style={{margin: 0, listStyle: 'none', ...(!isOpen && {display: 'none'})}}
      >
        {log.map(({_key, at, by, did, until, reason}) => (
          <Text as="li" size={1} key={_key}>
            {moment(at, clock)} · {capital(nameOf(by))}{' '}
            {deedOf({did, until, reason}, clock.times.clock)}
            {did === 'withdraw' && reason !== undefined && `: ${reason}`}
          </Text>
        ))}
      </Stack>
    </Stack>
  )
}
