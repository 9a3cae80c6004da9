import {Box, Stack, Text} from '@sanity/ui'
import {useId, useMemo} from 'react'

import {changesShown, type Passage, type ShownChange} from '../../editorial/changesShown.ts'
import type {WordRun} from '../../editorial/wordDifference.ts'
import type {StoryAsRead} from './storyAsRead.ts'

/** A story that was written anew scrolls in its own place, so that the page for readers stays in sight. */
const tallest = {maxHeight: '22rem'} as const

/** What differs between the draft and the live story, with the words that came and went. */
export function ChangesOfStory({asRead}: {asRead: StoryAsRead | undefined}) {
  const {draft, live} = asRead ?? {}
  const id = useId()
  const changes = useMemo(() => draft && live && changesShown(draft, live), [draft, live])
  return (
    <Stack gap={4} data-testid="publish-change-differences">
      <Text as="h3" size={1} weight="semibold" id={id}>
        What changed
      </Text>
      {changes === undefined && (
        <Text size={1} muted>
          Reading the story …
        </Text>
      )}
      {changes?.length === 0 && (
        <Text size={1} muted>
          Nothing that readers would see.
        </Text>
      )}
      {changes !== undefined && changes.length > 0 && (
        <Box as="section" aria-labelledby={id} overflow="auto" style={tallest} tabIndex={0}>
          <Stack gap={4}>
            {changes.map((change) => (
              <Change key={change.key} change={change} />
            ))}
          </Stack>
        </Box>
      )}
    </Stack>
  )
}

function Change({change: {sentences, passages}}: {change: ShownChange}) {
  return (
    <Stack gap={3}>
      {sentences.map((sentence) => (
        <Text key={sentence} size={1} weight="medium">
          {sentence}
        </Text>
      ))}
      {passages.map((passage, place) => (
        <Words key={`${passage.name ?? ''} ${place}`} passage={passage} />
      ))}
    </Stack>
  )
}

function Words({passage: {name, words}}: {passage: Passage}) {
  return (
    <Text size={1} muted as="p" dir="auto">
      {name !== undefined && `${name}${words.length > 0 ? ': ' : '.'}`}
      {words.map((run, place) => (
        <Run key={`${place} ${run.kind}`} run={run} />
      ))}
    </Text>
  )
}

/** Struck out and underlined, so that nobody has to tell colours apart. */
function Run({run: {kind, words}}: {run: WordRun}) {
  if (kind === 'removed') return <del>{words}</del>
  if (kind === 'added') return <ins style={{fontWeight: 600}}>{words}</ins>
  return <span>{words}</span>
}
