import {Box, useElementSize} from '@sanity/ui'
import {useState, type ReactNode} from 'react'

/**
 * Shows a page as wide as a device is: in a narrower pane it is made smaller as a whole, so that a desktop's page beside
 * the form is a desktop's page, not a phone's.
 */
export function PreviewWidth({pixels, children}: {pixels: number; children: ReactNode}) {
  const [element, setElement] = useState<HTMLDivElement | null>(null)
  const room = useElementSize(element)?.content
  const scale = room === undefined ? 1 : Math.min(1, room.width / pixels)
  const height = room === undefined ? '100%' : room.height / scale
  const left = room === undefined ? 0 : Math.max(0, (room.width - pixels * scale) / 2)
  return (
    <Box ref={setElement} flex={1} height="fill" overflow="hidden">
      <div
        data-testid="preview-width"
        style={{
          width: pixels,
          height,
          marginLeft: left,
          transform: `scale(${scale})`,
          transformOrigin: 'top left',
        }}
      >
        {children}
      </div>
    </Box>
  )
}
