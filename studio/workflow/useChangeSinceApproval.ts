import {useEffect, useState} from 'react'
import {useClient, useUserStore} from 'sanity'

import {documentId} from '../../editorial/documents.ts'
import type {Facts} from '../../editorial/needs.ts'
import {apiVersion} from '../currentSettings.ts'
import {lastTransaction} from '../publishing/changesSince.ts'

/** Who changed a text after it was approved, and when; undefined while it is as it was approved. */
export function useChangeSinceApproval(
  storyId: string,
  revision: string | undefined,
  approvedRevision: string | undefined,
): Facts['changed'] {
  const client = useClient({apiVersion})
  const users = useUserStore()
  const [known, setKnown] = useState<{revision: string; changed: Facts['changed']}>()
  const isChanged = approvedRevision !== undefined && revision !== approvedRevision
  useEffect(() => {
    if (!isChanged || revision === undefined) return undefined
    let current = true
    const ask = async () => {
      const {by, at} = await lastTransaction(client, documentId.draft(storyId))
      const user = by === undefined ? undefined : await users.getUser(by)
      if (current) setKnown({revision, changed: {by: user?.displayName, at}})
    }
    // Without the name the sentence says still that the text was changed.
    ask().catch(() => undefined)
    return () => {
      current = false
    }
  }, [client, users, storyId, isChanged, revision])
  return isChanged && known !== undefined && known.revision === revision ? known.changed : undefined
}
