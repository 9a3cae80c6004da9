import {useCallback, useSyncExternalStore} from 'react'

const name = 'dateline.breaking.letEnd'

/** More ends than anybody lets pass at a time; older ones are over long since. */
const kept = 20

/** Ends that the person let come, in whichever tab of this browser: there is one notice of each. */
export function useAnsweredEnds(): {
  isAnswered: (end: string) => boolean
  answer: (end: string) => void
} {
  const stored = useSyncExternalStore(subscribe, () => localStorage.getItem(name) ?? '')
  const isAnswered = useCallback((end: string) => stored.split('\n').includes(end), [stored])
  return {isAnswered, answer}
}

const listeners = new Set<() => void>()

function answer(end: string): void {
  const before = (localStorage.getItem(name) ?? '').split('\n')
  localStorage.setItem(name, [...before, end].slice(-kept).join('\n'))
  for (const tell of listeners) tell()
}

/** The browser tells the other tabs, and we this one. */
function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  addEventListener('storage', tell)
  return () => {
    listeners.delete(tell)
    removeEventListener('storage', tell)
  }
}
