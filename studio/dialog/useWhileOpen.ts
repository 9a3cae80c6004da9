import {useEffect, useRef, type RefObject} from 'react'

/** A signal that a dialog gives to what it has begun, aborted when it closes: it is not wanted any more then. */
export function useWhileOpen(): RefObject<AbortSignal | undefined> {
  const open = useRef<AbortSignal>(undefined)
  useEffect(() => {
    const closing = new AbortController()
    open.current = closing.signal
    return () => closing.abort()
  }, [])
  return open
}
