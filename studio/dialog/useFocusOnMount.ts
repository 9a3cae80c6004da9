import {useEffect, useRef, type RefObject} from 'react'

/** Puts the focus on a field when it appears, after the dialog around it has taken the focus for itself. */
export function useFocusOnMount<Element extends HTMLElement>(): RefObject<Element | null> {
  const element = useRef<Element>(null)
  useEffect(() => {
    const frame = requestAnimationFrame(() => element.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [])
  return element
}
