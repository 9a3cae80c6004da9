import {useSyncExternalStore} from 'react'

/** Whether the browser has no network at all. */
export function useOffline(): boolean {
  return useSyncExternalStore(listen, () => !navigator.onLine)
}

function listen(changed: () => void): () => void {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}
