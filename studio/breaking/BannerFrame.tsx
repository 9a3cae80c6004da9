import {useCallback, useEffect, useRef, useState} from 'react'

/** As high as a banner of one line, so that little moves once the frame has been measured. */
const firstHeight = 44

/**
 * A page with one banner in a frame of its own, so that the Studio's styles do not reach it. It is as wide as a device
 * and as high as what is in it; where there is less room it is made smaller as a whole. New words take the old ones'
 * place without loading the page again.
 */
export function BannerFrame({
  html,
  pixels,
  fills = false,
  title,
  testId,
}: {
  html: string
  pixels: number
  /** Whether it takes more than its pixels where there is more room. */
  fills?: boolean
  title: string
  testId: string
}) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [first] = useState(html)
  const [loaded, setLoaded] = useState(false)
  const [height, setHeight] = useState(firstHeight)
  const place = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<number>()
  const width = fills ? Math.max(pixels, room ?? pixels) : pixels
  const scale = Math.min(1, (room ?? width) / width)

  useEffect(() => {
    const around = place.current
    if (!around) return undefined
    const sizes = new ResizeObserver(() => setRoom(around.clientWidth))
    sizes.observe(around)
    return () => sizes.disconnect()
  }, [])

  const measure = useCallback(() => setHeight(heightOf(frame.current) ?? firstHeight), [])
  useEffect(() => {
    const page = loaded ? frame.current?.contentDocument : undefined
    if (!page) return undefined
    show(html, page)
    // The stylesheet and the fonts may come after the words, and another width breaks the lines elsewhere.
    const banner = page.querySelector('.banner')
    const sizes = new ResizeObserver(measure)
    if (banner) sizes.observe(banner)
    return () => sizes.disconnect()
  }, [html, loaded, measure])

  return (
    <div ref={place} style={{height: height * scale, overflow: 'hidden'}}>
      <iframe
        ref={frame}
        title={title}
        data-testid={testId}
        // Its own origin, so that we can write into it; no scripts, whatever the words are.
        sandbox="allow-same-origin"
        srcDoc={first}
        onLoad={() => setLoaded(true)}
        style={{
          display: 'block',
          width,
          height,
          border: 0,
          background: '#fff',
          transform: `scale(${scale})`,
          transformOrigin: 'top left',
        }}
      />
    </div>
  )
}

/** Puts the body of a page into the document of a frame. Its links lead nowhere: they would leave the dialog. */
function show(html: string, page: Document): void {
  const next = new DOMParser().parseFromString(html, 'text/html')
  const {lang, dir} = next.documentElement
  Object.assign(page.documentElement, {lang, dir})
  page.body.replaceWith(page.adoptNode(next.body))
  page.body.addEventListener('click', (event) => event.preventDefault())
}

function heightOf(frame: HTMLIFrameElement | null): number | undefined {
  const parts = [...(frame?.contentDocument?.querySelectorAll('.strip, .banner') ?? [])]
  const bottoms = parts.map((part) => part.getBoundingClientRect().bottom)
  return parts.length === 0 ? undefined : Math.ceil(Math.max(...bottoms))
}
