import {Box, Container, Flex, Stack, Text} from '@sanity/ui'
import {useMemo} from 'react'
import {LoadingBlock, SanityDefaultPreview} from 'sanity'
import type {UserComponent} from 'sanity/structure'

import {deskListLength, deskLists, type DeskList, type DeskRow} from '../../queries/desk.ts'
import {counted, numeral} from '../../schemas/previews.ts'
import {useNames} from '../useNames.ts'
import {useDeskCounts, useDeskRows} from './deskQuestions.ts'
import {deskTitles} from './deskTitles.ts'
import {useNewsroomClock} from './newsroomClock.ts'
import {PaneLink} from './PaneLink.tsx'
import {RowList} from './RowList.tsx'
import {rowDetail} from './rowDetail.ts'
import {StoryTime} from './StoryTime.tsx'
import {storyLine} from './storyLine.ts'

/** One list of the desk: its stories, each a link that opens the story beside it. */
export const DeskListPane: UserComponent = ({id, childItemId, isActive = false}) => {
  const deskList = deskLists.find((name) => name === id)
  if (deskList === undefined) throw new Error(`The desk has no list "${id}".`)
  return <Stories deskList={deskList} childItemId={childItemId} isActive={isActive} />
}

function Stories({
  deskList,
  childItemId,
  isActive,
}: {
  deskList: DeskList
  childItemId: string | undefined
  isActive: boolean
}) {
  const {title, empty, about} = deskTitles[deskList]
  const listened = useDeskRows(deskList)
  const {counts} = useDeskCounts()
  const clock = useNewsroomClock()
  const rows = listened.state === 'ready' ? listened.value : undefined
  const people = useMemo(() => rows?.map(({state}) => state?.last?.by) ?? [], [rows])
  const nameOf = useNames(people)

  const rowOf = (row: DeskRow) => {
    const {headline, line, at} = storyLine(row, clock)
    const detail = rowDetail(deskList, row, clock, nameOf)
    return (
      <li key={row.id}>
        <PaneLink childId={row.id} isOpen={childItemId === row.id} isActive={isActive}>
          <SanityDefaultPreview
            icon={false}
            layout="default"
            title={headline}
            subtitle={line}
            status={
              at && (
                <Text muted size={0}>
                  <StoryTime at={at} clock={clock} />
                </Text>
              )
            }
          />
          {detail && (
            <Box paddingX={3} paddingBottom={3}>
              <Text as="p" size={1} data-testid="desk-detail">
                {detail}
              </Text>
            </Box>
          )}
        </PaneLink>
      </li>
    )
  }

  if (listened.state === 'failed') {
    return (
      <Sentence
        isAlert
        text="This list cannot be read at the moment. It tries again every few seconds; what you are writing is not affected."
      />
    )
  }
  if (rows === undefined) return <LoadingBlock title="Loading stories …" showText />
  if (rows.length === 0) return <Sentence text={empty} about={about} />
  const total = counts[deskList] ?? rows.length
  return (
    <Flex direction="column" height="fill" data-testid="desk-list">
      <Box flex={1} overflow="auto" style={{minHeight: 0}}>
        <RowList label={title} ids={rows.map(({id}) => id)} openId={childItemId}>
          {rows.map(rowOf)}
        </RowList>
      </Box>
      <Box padding={4}>
        <Text as="output" muted size={1}>
          {lengthSentence(rows.length, total)}
          {about && ` ${about}`}
        </Text>
      </Box>
    </Flex>
  )
}

function lengthSentence(shown: number, total: number): string {
  if (shown < deskListLength || total <= shown) return `${counted(shown, 'story', 'stories')}.`
  return `The first ${shown} of ${numeral(total)} stories. Find the others in Stories.`
}

function Sentence({
  text,
  about,
  isAlert = false,
}: {
  text: string
  about?: string | undefined
  isAlert?: boolean
}) {
  return (
    <Flex align="center" justify="center" height="fill" data-testid="desk-sentence">
      <Container width={0}>
        <Stack gap={4} paddingX={4} paddingY={5}>
          <Text align="center" muted {...announced(isAlert)}>
            {text}
          </Text>
          {about && (
            <Text as="p" align="center" muted size={1}>
              {about}
            </Text>
          )}
        </Stack>
      </Container>
    </Flex>
  )
}

/** A sentence that takes a list's place is read out: at once when something is wrong. */
function announced(isAlert: boolean) {
  return isAlert ? ({as: 'p', role: 'alert'} as const) : ({as: 'output'} as const)
}
