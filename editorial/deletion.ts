import {stageAsRead, storyOf, type Asking} from './asking.ts'
import {documentId} from './documents.ts'
import {EditorialError} from './errors.ts'
import {guard, type Mutation} from './mutations.ts'
import {roleReason} from './roles.ts'

/**
 * Why a story cannot be deleted, as a sentence; true when it can: by an editor, when readers never saw it. A
 * story that was killed before its publication keeps its text for those who ask why.
 */
export function deletable(asking: Pick<Asking, 'live' | 'state' | 'role'>): true | string {
  const roleSentence = roleReason(asking.role, 'editor', 'delete a story')
  if (roleSentence !== undefined) return roleSentence
  if (asking.live || asking.state?.record) {
    return 'Readers have seen this story, so it cannot be deleted. Unpublish it to take it off the site, or kill it.'
  }
  return stageAsRead(asking) === 'killed'
    ? 'This story was killed, so its text is kept. Leave it as it is.'
    : true
}

/**
 * Deletes a story that readers never saw, with where it stood, in one transaction guarded by what was read.
 * Throws `EditorialError` with the sentence of `deletable` when it cannot be.
 */
export function deletionOf(asking: Asking): {mutations: Mutation[]} {
  const {draft, state} = asking
  const may = deletable(asking)
  if (may !== true) throw new EditorialError('refused', may)
  const id = storyOf(asking)
  return {
    mutations: [
      ...(draft ? [guard(draft), {delete: {id: documentId.draft(id)}}] : []),
      ...(state ? [guard(state), {delete: {id: state._id}}] : []),
    ],
  }
}
