import {Card, Flex, Heading, Stack, Text} from '@sanity/ui'
import {useId, type ReactNode} from 'react'

/** A part of the breaking desk: its heading, how many there are, and the list. */
export function Section({
  title,
  count,
  about,
  empty,
  isStatus = false,
  isDense = false,
  children,
}: {
  title: string
  count: number
  about?: string
  /** What it says when there is none. */
  empty: string
  /** Whether a screen reader is told when the number changes. */
  isStatus?: boolean
  isDense?: boolean
  children: ReactNode
}) {
  const id = useId()
  return (
    <Stack as="section" aria-labelledby={id} gap={4}>
      <Stack gap={3}>
        <Flex gap={2} align="center">
          <Heading as="h2" size={1} id={id}>
            {title}
          </Heading>
          {count > 0 && (
            <Text
              size={1}
              muted
              style={{fontVariantNumeric: 'tabular-nums'}}
              {...(isStatus && {as: 'output' as const})}
            >
              {count}
            </Text>
          )}
        </Flex>
        {about !== undefined && (
          <Text as="p" size={1} muted>
            {about}
          </Text>
        )}
      </Stack>
      {count === 0 ? (
        <Card border padding={4} radius={2} tone="transparent">
          <Text size={1} muted {...(isStatus && {as: 'output' as const})}>
            {empty}
          </Text>
        </Card>
      ) : (
        <Stack
          as="ul"
          gap={isDense ? 1 : 3}
          style={{listStyle: 'none', margin: 0, padding: 0}}
          data-testid={`desk-${title.split(' ')[0]?.toLowerCase() ?? ''}`}
        >
          {children}
        </Stack>
      )}
    </Stack>
  )
}
