import {Stack, Text} from '@sanity/ui'
import {useMemo} from 'react'

import type {Article} from '../../editorial/documents.ts'
import {changesIn} from '../../editorial/notes.ts'
import type {StoryAsRead} from './storyAsRead.ts'

/** Fields of one line, whose words before and after fit into the list. */
const shortFields = [
  {field: 'headline', title: 'Headline'},
  {field: 'shortHeadline', title: 'Short headline'},
  {field: 'standfirst', title: 'Standfirst'},
  {field: 'byline', title: 'Byline'},
] as const

/** What differs between the draft and the live story. */
export function ChangesOfStory({asRead}: {asRead: StoryAsRead | undefined}) {
  const {draft, live} = asRead ?? {}
  const changes = useMemo(() => draft && live && changesOf(draft, live), [draft, live])
  return (
    <Stack gap={4} data-testid="publish-change-differences">
      <Text as="h3" size={1} weight="semibold">
        What changed
      </Text>
      {changes === undefined && (
        <Text size={1} muted>
          Reading the story …
        </Text>
      )}
      {changes?.told.length === 0 && changes.shown.length === 0 && (
        <Text size={1} muted>
          Nothing that readers would see.
        </Text>
      )}
      {changes?.shown.map(({title, before, after}) => (
        <Stack key={title} gap={3}>
          <Text size={1} muted>
            {title}
          </Text>
          {before && (
            <Text size={1}>
              <del>{before}</del>
            </Text>
          )}
          {after && (
            <Text size={1} weight="medium">
              {after}
            </Text>
          )}
        </Stack>
      ))}
      {changes?.told.map((change) => (
        <Text key={change} size={1}>
          {change}
        </Text>
      ))}
    </Stack>
  )
}

/** Short fields are shown with their words before and after; of all other changes it is told what they are. */
function changesOf(draft: Article, live: Article) {
  const shown = shortFields
    .map(({field, title}) => ({title, before: live[field], after: draft[field]}))
    .filter(({before = '', after = ''}) => before !== after)
  const titles = shown.map(({title}) => `${title} `)
  const told = changesIn(draft, live).filter(
    (change) => !titles.some((title) => change.startsWith(title)),
  )
  return {shown, told}
}
