import {AddIcon} from '@sanity/icons/Add'
import {LinkIcon} from '@sanity/icons/Link'
import {StopIcon} from '@sanity/icons/Stop'
import {UndoIcon} from '@sanity/icons/Undo'
import {Box, Button, Flex, Stack, Text} from '@sanity/ui'

import {levelTitles} from '../../editorial/breaking.ts'
import {leaseLevels, type LeaseLevel} from '../../editorial/documents.ts'
import type {DeskLease} from '../../queries/breakingDesk.ts'
import {extendLease, extendMinutes, setLeaseLevel} from '../breaking/leaseSteps.ts'
import {useHands} from '../breaking/useHands.ts'
import {useDesk} from './deskContext.ts'
import {newFlashFrom} from './newFlash.ts'
import {useSeen} from './useSeen.ts'
import {useStep} from './useStep.ts'

/** What a publisher does with a live item. `describedBy` is the id of its headline. */
export function LiveButtons({lease, describedBy}: {lease: DeskLease; describedBy: string}) {
  const {open} = useDesk()
  const hands = useHands()
  const seen = useSeen(lease.log)
  const {busy, start} = useStep(newFlashFrom(lease))
  const item = {leaseId: lease._id, seen}
  const extend = () =>
    start({
      name: 'extend',
      done: `“${lease.headline}” stays ${extendMinutes} minutes longer.`,
      take: () => extendLease(hands, item, extendMinutes),
    })
  const setLevel = (level: LeaseLevel) =>
    start({
      name: level,
      done: `“${lease.headline}” is ${levelTitles[level]} now.`,
      take: () => setLeaseLevel(hands, item, level),
    })
  return (
    <Stack gap={3}>
      <Flex gap={2} wrap="wrap">
        <Button
          icon={AddIcon}
          text={`Extend ${extendMinutes} min`}
          loading={busy === 'extend'}
          aria-describedby={describedBy}
          onClick={extend}
          data-testid="desk-extend"
        />
        <Button
          icon={StopIcon}
          mode="ghost"
          aria-describedby={describedBy}
          text="End now…"
          onClick={() => open({kind: 'end', lease, seen})}
          data-testid="desk-end"
        />
        <Button
          icon={UndoIcon}
          mode="ghost"
          aria-describedby={describedBy}
          text="Withdraw…"
          onClick={() => open({kind: 'withdraw', lease})}
          data-testid="desk-withdraw"
        />
        <Button
          icon={LinkIcon}
          mode="ghost"
          aria-describedby={describedBy}
          text={lease.story === undefined ? 'Link story…' : 'Link another story…'}
          onClick={() => open({kind: 'link', lease, seen})}
          data-testid="desk-link"
        />
      </Flex>
      <Flex
        as="fieldset"
        gap={1}
        wrap="wrap"
        align="center"
        aria-label="Level"
        style={{border: 0, margin: 0, padding: 0}}
      >
        <Box paddingRight={2}>
          <Text size={1} muted aria-hidden>
            Level
          </Text>
        </Box>
        {leaseLevels.map((level) => (
          <Button
            key={level}
            mode="bleed"
            fontSize={1}
            padding={2}
            text={levelTitles[level]}
            selected={lease.level === level}
            aria-pressed={lease.level === level}
            loading={busy === level}
            onClick={() => {
              if (lease.level !== level) setLevel(level)
            }}
            data-testid={`desk-level-${level}`}
          />
        ))}
      </Flex>
    </Stack>
  )
}
