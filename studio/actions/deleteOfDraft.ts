import {roleReason} from '../../editorial/roles.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {wrapping} from './wrapped.ts'

/** The stock Delete for stories that readers never saw; what they have seen is unpublished or killed instead. */
export const deleteOfDraft = wrapping((stock) => {
  return function DeleteDraft(props) {
    const role = useNewsroomRole()
    const action = stock(props)
    const seen = props.published !== null || Boolean(props.draft?.['firstPublishedAt'])
    const reason =
      roleReason(role, 'editor', 'delete a story') ??
      (seen
        ? 'Readers have seen this story, so it cannot be deleted. Unpublish it to take it off the site.'
        : undefined)
    return action && reason !== undefined ? {...action, disabled: true, title: reason} : action
  }
})
