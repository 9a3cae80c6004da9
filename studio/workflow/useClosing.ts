import {useCallback, useEffect, useRef, useState} from 'react'

/**
 * The Portable Text editor hands on what was typed within a second, but nothing any more once it is read-only:
 * what it holds back then is lost with the page. Twice its interval, so that it has had its turn.
 */
const handOnMilliseconds = 2000

/**
 * How a form goes from taking words to read-only. `closing`: no more words are taken, and those that were typed
 * are on their way to the lake. `closed`: it is read-only. A form that opens closed, or that nobody touched lately, has
 * nothing to hand on and closes at once. `touched` is called for whatever a person does in the form.
 */
export function useClosing(wanted: boolean): {
  closing: 'open' | 'closing' | 'closed'
  touched: () => void
} {
  const [closed, setClosed] = useState(wanted)
  const lastTouch = useRef(-Infinity)
  const touched = useCallback(() => {
    lastTouch.current = performance.now()
  }, [])
  if (closed && !wanted) setClosed(false)
  useEffect(() => {
    if (!wanted || closed) return undefined
    const wait = lastTouch.current + handOnMilliseconds - performance.now()
    const timer = setTimeout(() => setClosed(true), Math.max(0, wait))
    return () => clearTimeout(timer)
  }, [wanted, closed])
  return {closing: !wanted ? 'open' : closed ? 'closed' : 'closing', touched}
}
