import {Card, Text} from '@sanity/ui'

import {levelTitles} from '../../editorial/breaking.ts'
import type {LeaseLevel} from '../../editorial/documents.ts'

/** Red for what interrupts, amber for what goes on, as on the site; the words say it too. */
export const levelTone = {flash: 'critical', breaking: 'critical', developing: 'caution'} as const

/** How urgent something is, in the readers' words. Sanity's own badges are too pale to read. */
export function LevelBadge({level, isOver = false}: {level: LeaseLevel; isOver?: boolean}) {
  return (
    <Card
      border
      flex="none"
      radius={2}
      paddingX={2}
      paddingY={2}
      tone={isOver ? 'transparent' : levelTone[level]}
    >
      <Text size={0} weight="semibold">
        {levelTitles[level]}
      </Text>
    </Card>
  )
}
