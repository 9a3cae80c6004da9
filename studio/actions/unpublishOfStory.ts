import {isLive} from '../../editorial/breaking.ts'
import {useLeases} from '../breaking/useLeases.ts'
import {roleReason} from '../../editorial/roles.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {wrapping} from './wrapped.ts'

/** The stock Unpublish, refused while breaking news sends readers to the story. */
export const unpublishOfStory = wrapping((stock) => {
  return function UnpublishStory(props) {
    const role = useNewsroomRole()
    const known = useLeases(props.id)
    const action = stock(props)
    const leads = known?.leases.some((lease) => isLive(lease, known.now))
    const reason =
      roleReason(role, 'editor', 'unpublish a story') ??
      (leads
        ? 'This story is up as breaking news, which sends readers to it. End that first.'
        : undefined)
    return action && reason !== undefined ? {...action, disabled: true, title: reason} : action
  }
})
