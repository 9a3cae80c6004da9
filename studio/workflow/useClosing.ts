import {useEffect, useState} from 'react'

/**
 * The Portable Text editor hands on what was typed within a second, but nothing any more once it is read-only:
 * what it holds back then is lost with the page. Twice its interval, so that it has had its turn.
 */
const handOnMilliseconds = 2000

/**
 * How a form goes from taking words to read-only. `closing`: no more words are taken, and those that were typed
 * are on their way to the lake. `closed`: it is read-only. A form that opens closed has nothing to hand on.
 */
export function useClosing(wanted: boolean): 'open' | 'closing' | 'closed' {
  const [closed, setClosed] = useState(wanted)
  if (closed && !wanted) setClosed(false)
  useEffect(() => {
    if (!wanted || closed) return undefined
    const timer = setTimeout(() => setClosed(true), handOnMilliseconds)
    return () => clearTimeout(timer)
  }, [wanted, closed])
  if (!wanted) return 'open'
  return closed ? 'closed' : 'closing'
}
