import {useMemo} from 'react'

import {documentId, editorialState, type EditorialState} from '../editorial/documents.ts'
import {listenedQuery, useListened, type Listened} from './useListened.ts'

const stateOfStory = listenedQuery<EditorialState | null>({
  fetch: '*[_id == $stateId][0]',
  listen: '*[_id == $stateId]',
  model: editorialState.nullable(),
})

/** The document that says where a story stands, kept current; `null` when there is none. */
export function useStoryState(articleId: string): Listened<EditorialState | null> {
  const id = documentId.published(articleId)
  const params = useMemo(() => ({stateId: documentId.editorialState(id)}), [id])
  return useListened(stateOfStory, params)
}
