import {useEffect, useMemo, useRef, useState} from 'react'
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
  const {validation, ...status} = useValidationStatus(current?._id ?? id, type, true)
  const checked = useChecked(status)
  return useMemo(
    () => ({
      saved: !isSyncing,
      validated: !isSyncing && checked === current?._rev,
      errors: validation.filter(({level}) => level === 'error').map(({message}) => message),
    }),
    [isSyncing, validation, checked, current?._rev],
  )
}

/**
 * The revision that was checked last. It stays checked while it is checked again, as when word of a reference comes late,
 * so that no button goes away under a click.
 */
function useChecked({isValidating, revision}: {isValidating: boolean; revision?: string}) {
  const [checked, setChecked] = useState<string>()
  useEffect(() => {
    if (isValidating) return undefined
    // A new revision may be announced just before its validation starts.
    const moment = setTimeout(() => setChecked(revision), 20)
    return () => clearTimeout(moment)
  }, [isValidating, revision])
  return checked
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
