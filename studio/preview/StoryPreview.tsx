import {Box, Button, Card, Flex, Text} from '@sanity/ui'
import {useState} from 'react'
import type {UserViewComponent} from 'sanity/structure'

import {ProblemNotice} from '../publishing/ProblemDialog.tsx'
import {PreviewFrame} from './PreviewFrame.tsx'
import {useStoryPage} from './useStoryPage.ts'

const widths = [
  {title: 'Phone', pixels: 390},
  {title: 'Tablet', pixels: 768},
  {title: 'Full width', pixels: undefined},
] as const

/**
 * The site's page of the story as its draft stands, beside the form. It asks the lake through the Studio's
 * own client after each save and opens no connection of its own: every one would cost the form a connection.
 */
export const StoryPreview: UserViewComponent = ({documentId, document: {draft, published}}) => {
  const [width, setWidth] = useState<number>()
  const page = useStoryPage(documentId, draft?._rev ?? published?._rev)
  if (page.state === 'empty') {
    return (
      <Box padding={5}>
        <Text muted data-testid="preview-empty">
          There is nothing to show yet. Write a headline, and the page appears here.
        </Text>
      </Box>
    )
  }
  return (
    <Flex direction="column" height="fill" data-testid="preview">
      <Card borderBottom padding={2}>
        <Flex gap={1} align="center">
          {widths.map(({title, pixels}) => (
            <Button
              key={title}
              mode="bleed"
              fontSize={1}
              padding={2}
              text={title}
              selected={width === pixels}
              aria-pressed={width === pixels}
              onClick={() => setWidth(pixels)}
            />
          ))}
          <Box flex={1} />
          <Text as="output" size={1} muted data-testid="preview-status">
            {page.isStale ? 'Updating …' : 'As saved'}
          </Text>
        </Flex>
      </Card>
      {page.state === 'failed' && (
        <Box padding={4}>
          <ProblemNotice problem={{kind: 'failed', sentence: page.sentence}} />
        </Box>
      )}
      <Flex flex={1} justify="center" overflow="hidden">
        <Box
          flex={width === undefined ? 1 : 'none'}
          style={{width, maxWidth: '100%'}}
          height="fill"
        >
          {page.html !== undefined && <PreviewFrame html={page.html} />}
        </Box>
      </Flex>
    </Flex>
  )
}
