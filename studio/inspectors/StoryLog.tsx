import {Box, Card, Flex, Stack, Text} from '@sanity/ui'
import {useMemo} from 'react'
import {LoadingBlock, useEditState, UserAvatar, type DocumentInspectorProps} from 'sanity'
import {DocumentInspectorHeader} from 'sanity/structure'

import {article} from '../../editorial/documents.ts'
import {ledTo, storyLog, type LogLine} from '../../editorial/storyLog.ts'
import {previewLine} from '../../schemas/previews.ts'
import {useNewsroomClock, type NewsroomClock} from '../desk/newsroomClock.ts'
import {StoryTime} from '../desk/StoryTime.tsx'
import {useNames} from '../useNames.ts'
import {useStoryState} from '../useStoryState.ts'

/** Everything that was done to a story, the newest first: who, when and why. */
export function StoryLog({documentId, documentType, onClose}: DocumentInspectorProps) {
  return (
    <Flex direction="column" height="fill" overflow="hidden" data-testid="story-log">
      <DocumentInspectorHeader
        title="Story log"
        closeButtonLabel="Close the story log"
        onClose={onClose}
      />
      <Box flex={1} overflow="auto">
        <Timeline documentId={documentId} documentType={documentType} />
      </Box>
    </Flex>
  )
}

function Timeline({documentId, documentType}: Omit<DocumentInspectorProps, 'onClose'>) {
  const listened = useStoryState(documentId)
  const {published, draft} = useEditState(documentId, documentType)
  const clock = useNewsroomClock()
  const state = listened.state === 'ready' ? listened.value : undefined
  const lines = useMemo(
    () => storyLog(article.safeParse(published ?? draft).data, state),
    [published, draft, state],
  )
  const people = useMemo(() => lines.flatMap(({by, assignee}) => [by, assignee]), [lines])
  const nameOf = useNames(people, 'Somebody')

  if (listened.state === 'failed') {
    return (
      <Sentence
        isAlert
        text="The story’s log cannot be read at the moment. It tries again every few seconds."
      />
    )
  }
  if (listened.state === 'loading') return <LoadingBlock title="Loading the log …" showText />
  if (lines.length === 0) {
    return (
      <Sentence text="Nothing has been done with this story yet. What is typed is in its history." />
    )
  }
  return (
    <Stack as="ol" gap={4} padding={4} style={{listStyle: 'none', margin: 0}}>
      {lines.map((line) => (
        <Line key={line.key} line={line} nameOf={nameOf} clock={clock} />
      ))}
    </Stack>
  )
}

type NameOf = (id: string | undefined) => string

function Line({line, nameOf, clock}: {line: LogLine; nameOf: NameOf; clock: NewsroomClock}) {
  const {by, at, title, note, assignee, dueAt} = line
  return (
    <Flex as="li" gap={3} data-testid="story-log-line">
      <Box flex="none" style={{width: 25}}>
        {by !== undefined && <UserAvatar user={by} size={0} />}
      </Box>
      <Stack flex={1} gap={3} paddingTop={1}>
        <Text size={1} weight="medium">
          {previewLine(title, ledTo(line))}
        </Text>
        <Text size={1} muted>
          {by !== undefined && `${capital(nameOf(by))} · `}
          <StoryTime at={at} clock={clock} />
        </Text>
        {(assignee !== undefined || dueAt !== undefined) && (
          <Text size={1}>
            {previewLine(
              assignee !== undefined && `To ${nameOf(assignee)}`,
              dueAt !== undefined &&
                `${line.action === 'schedule' ? 'For' : 'Due'} ${clock.times.full(dueAt)}`,
            )}
          </Text>
        )}
        {note !== undefined && (
          <Card border padding={3} radius={2} tone="transparent">
            <Text as="p" size={1} style={{whiteSpace: 'pre-line'}}>
              {note}
            </Text>
          </Card>
        )}
      </Stack>
    </Flex>
  )
}

function Sentence({text, isAlert = false}: {text: string; isAlert?: boolean}) {
  return (
    <Box padding={4}>
      <Text muted size={1} {...announced(isAlert)}>
        {text}
      </Text>
    </Box>
  )
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** A sentence that takes a list's place is read out: at once when something is wrong. */
function announced(isAlert: boolean) {
  return isAlert ? ({as: 'p', role: 'alert'} as const) : ({as: 'output'} as const)
}
