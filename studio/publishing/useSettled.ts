import {useEffect, useMemo, useRef} from 'react'
import {
  useDocumentOperation,
  useSyncState,
  useValidationStatus,
  type DocumentActionProps,
} from 'sanity'

import type {Settled} from './settled.ts'

/** Follows saving and validation of the open story. */
export function useSettled({
  id,
  type,
  draft,
  published,
}: Pick<DocumentActionProps, 'id' | 'type' | 'draft' | 'published'>): Settled {
  const {isSyncing} = useSyncState(id, type)
  const current = draft ?? published
  const {isValidating, validation, revision} = useValidationStatus(current?._id ?? id, type, true)
  return useMemo(
    () => ({
      saved: !isSyncing,
      validated: !isSyncing && !isValidating && revision === current?._rev,
      errors: validation.filter(({level}) => level === 'error').map(({message}) => message),
    }),
    [isSyncing, isValidating, validation, revision, current?._rev],
  )
}

/** Sends what is typed but not sent yet, once, instead of waiting for the Studio's usual pause. */
export function useSaveNow(id: string, type: string): void {
  const {commit} = useDocumentOperation(id, type)
  const sent = useRef(false)
  useEffect(() => {
    if (sent.current || commit.disabled) return
    sent.current = true
    commit.execute()
  }, [commit])
}
