import {useRef, useState, type SyntheticEvent} from 'react'

type Page = {number: number; html: string}

/**
 * Shows a page without a script in it. A new page loads behind the one that is shown and takes its place
 * scrolled to the same line, so that the preview neither blinks nor jumps while someone types.
 */
export function PreviewFrame({
  html,
  testId = 'preview-frame',
  title = 'Preview of the story',
}: {
  html: string
  testId?: string
  title?: string
}) {
  const frames = useRef(new Map<number, HTMLIFrameElement>())
  const [shown, setShown] = useState<Page>({number: 0, html})
  const [next, setNext] = useState<Page>()
  // One at a time: whoever types faster than a page loads would otherwise see none of them.
  if (next === undefined && shown.html !== html) setNext({number: shown.number + 1, html})

  const loaded = (page: Page) => (event: SyntheticEvent<HTMLIFrameElement>) => {
    const frame = event.currentTarget
    keepLinksStill(frame)
    if (page.number === shown.number) return
    const before = frames.current.get(shown.number)?.contentWindow
    frame.contentWindow?.scrollTo(before?.scrollX ?? 0, before?.scrollY ?? 0)
    setShown(page)
    setNext(undefined)
  }

  const pages = next === undefined ? [shown] : [shown, next]
  return (
    <div style={{position: 'relative', width: '100%', height: '100%'}}>
      {pages.map((page) => (
        <iframe
          key={page.number}
          ref={(frame) => {
            if (frame) frames.current.set(page.number, frame)
            else frames.current.delete(page.number)
          }}
          title={page === shown ? title : `Next: ${title}`}
          data-testid={page === shown ? testId : undefined}
          aria-hidden={page !== shown}
          // Its own origin, so that we can scroll it; no scripts, whatever the story holds.
          sandbox="allow-same-origin"
          srcDoc={page.html}
          onLoad={loaded(page)}
          style={{
            position: 'absolute',
            inset: 0,
            width: '100%',
            height: '100%',
            border: 0,
            background: '#fff',
            visibility: page === shown ? 'visible' : 'hidden',
          }}
        />
      ))}
    </div>
  )
}

/** A preview is for reading: following a link would leave the draft for the published site. */
function keepLinksStill(frame: HTMLIFrameElement): void {
  frame.contentDocument?.addEventListener('click', (event) => event.preventDefault())
}
