import {CogIcon} from '@sanity/icons/Cog'
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {TagIcon} from '@sanity/icons/Tag'
import {UsersIcon} from '@sanity/icons/Users'
import {Badge, Box, Text} from '@sanity/ui'
import type {ComponentType} from 'react'
import {SanityDefaultPreview} from 'sanity'
import type {UserComponent} from 'sanity/structure'

import {documentId} from '../../editorial/documents.ts'
import {counted, numeral} from '../../schemas/previews.ts'
import {deskLists, type DeskList} from '../../queries/desk.ts'
import {useDeskCounts} from './deskQuestions.ts'
import {deskTitles} from './deskTitles.ts'
import {PaneLink} from './PaneLink.tsx'
import {RowList} from './RowList.tsx'

type Entry = {id: string; title: string; icon: ComponentType; deskList?: DeskList}

const desk: Entry[] = deskLists.map((deskList) => ({
  id: deskList,
  deskList,
  ...deskTitles[deskList],
}))

const everything: Entry[] = [
  {id: 'stories', title: 'Stories', icon: DocumentTextIcon},
  {id: 'author', title: 'Authors', icon: UsersIcon},
  {id: 'topic', title: 'Topics', icon: TagIcon},
  {id: documentId.siteSettings, title: 'Settings', icon: CogIcon},
]

const ids = [...desk, ...everything].map(({id}) => id)

/** Lists in which standing is a warning. */
const urgent: ReadonlySet<DeskList> = new Set(['changed', 'followUp'])

/** The desk: every list of the newsroom, those of the desk with how many stories stand in them now. */
export const DeskPane: UserComponent = ({childItemId, isActive = false}) => {
  const {counts, failed} = useDeskCounts()
  const entry = ({id, title, icon, deskList}: Entry) => (
    <li key={id}>
      <PaneLink childId={id} isOpen={childItemId === id} isActive={isActive}>
        <SanityDefaultPreview
          icon={icon}
          layout="compact"
          title={title}
          status={
            deskList &&
            counts[deskList] !== undefined && (
              <Count count={counts[deskList]} tone={toneOf(deskList, childItemId)} />
            )
          }
        />
      </PaneLink>
    </li>
  )
  return (
    <Box height="fill" overflow="auto" data-testid="desk">
      <RowList label="Lists of the newsroom" ids={ids} openId={childItemId}>
        {desk.map(entry)}
        <li>
          <Box paddingX={2} paddingTop={4} paddingBottom={3}>
            <Text muted size={1} weight="medium">
              Everything
            </Text>
          </Box>
        </li>
        {everything.map(entry)}
      </RowList>
      {failed && (
        <Box padding={4}>
          <Text as="p" muted size={1} role="alert">
            The desk cannot count its stories at the moment. It tries again every few seconds.
          </Text>
        </Box>
      )}
    </Box>
  )
}

function toneOf(deskList: DeskList, openList: string | undefined): 'caution' | undefined {
  return deskList !== openList && urgent.has(deskList) ? 'caution' : undefined
}

function Count({count, tone}: {count: number; tone: 'caution' | undefined}) {
  const text = {
    title: counted(count, 'story', 'stories'),
    'data-testid': 'desk-count',
    style: {fontVariantNumeric: 'tabular-nums'},
  }
  if (tone && count > 0) {
    return (
      <Badge {...text} fontSize={1} tone={tone}>
        {numeral(count)}
      </Badge>
    )
  }
  return (
    <Box paddingX={1}>
      <Text {...text} muted={count === 0} size={1}>
        {numeral(count)}
      </Text>
    </Box>
  )
}
