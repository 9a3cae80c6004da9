import {DesktopIcon} from '@sanity/icons/Desktop'
import {MobileDeviceIcon} from '@sanity/icons/MobileDevice'
import {TabletDeviceIcon} from '@sanity/icons/TabletDevice'
import {Box, Button, Card, Flex, Text} from '@sanity/ui'
import {useState} from 'react'
import type {UserViewComponent} from 'sanity/structure'

import {ProblemNotice} from '../publishing/ProblemDialog.tsx'
import {PreviewFrame} from './PreviewFrame.tsx'
import {PreviewWidth} from './PreviewWidth.tsx'
import {useStoryPage} from './useStoryPage.ts'

/** What readers hold: the narrowest phone that sells, a tablet upright, a laptop. */
const widths = [
  {title: 'Phone', icon: MobileDeviceIcon, pixels: 390},
  {title: 'Tablet', icon: TabletDeviceIcon, pixels: 768},
  {title: 'Desktop', icon: DesktopIcon, pixels: 1280},
] as const

/**
 * The site's page of the story as its draft stands, beside the form, letter by letter. What surrounds the story is asked for
 * through the Studio's own client; it opens no connection of its own: every one would cost the form a connection.
 */
export const StoryPreview: UserViewComponent = ({document: {draft, published}}) => {
  const [width, setWidth] = useState<number>(widths[0].pixels)
  const page = useStoryPage(draft ?? published)
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
        <Flex
          gap={1}
          align="center"
          as="fieldset"
          aria-label="Width of the preview"
          style={{border: 0, margin: 0, padding: 0}}
        >
          {widths.map(({title, icon, pixels}) => (
            <Button
              key={title}
              icon={icon}
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
            {page.isStale ? 'Updating …' : 'As it stands in the form'}
          </Text>
        </Flex>
      </Card>
      {page.state === 'failed' && (
        <Box padding={4}>
          <ProblemNotice problem={{kind: 'failed', sentence: page.sentence}} />
        </Box>
      )}
      <Flex flex={1} justify="center" overflow="hidden">
        <PreviewWidth pixels={width}>
          {page.html !== undefined && <PreviewFrame html={page.html} />}
        </PreviewWidth>
      </Flex>
    </Flex>
  )
}
