import type {DocumentBadgeComponent, DocumentBadgeDescription} from 'sanity'

import type {Stage} from '../../editorial/documents.ts'
import {stageOf, stageTitle} from '../../editorial/stages.ts'
import {useStoryState} from '../useStoryState.ts'

/** Where a story stands in the newsroom's workflow; of an approved text that was changed since, that it is not approved. */
export const StageBadge: DocumentBadgeComponent = ({id, draft, published}) => {
  const listened = useStoryState(id)
  if (listened.state !== 'ready' || (draft === null && published === null)) return null
  const state = listened.value
  const stage = stageOf(state, published)
  if (state?.change === 'review' && stage === 'live') {
    return {
      label: 'Live · change in review',
      color: 'primary',
      title: 'Readers see the story; a change to it waits for an editor.',
    }
  }
  const isApproved = stage === 'approved' || stage === 'scheduled'
  if (isApproved && state?.approvedRevision !== draft?._rev) {
    return {
      label: 'Changed after approval',
      color: 'warning',
      title: 'The text is not the one that was approved. Submit it again.',
    }
  }
  return {label: stageTitle(stage), ...looks[stage]}
}

type Looks = Pick<DocumentBadgeDescription, 'title'> & {
  color?: NonNullable<DocumentBadgeDescription['color']>
}

const looks: Record<Stage, Looks> = {
  draft: {title: 'Readers cannot see this story yet.'},
  review: {color: 'primary', title: 'An editor has to look at this story.'},
  returned: {color: 'warning', title: 'An editor sent this story back to its author.'},
  approved: {color: 'success', title: 'This text may be published.'},
  scheduled: {color: 'success', title: 'This text goes live by itself.'},
  live: {color: 'success', title: 'Readers see this story.'},
  killed: {color: 'danger', title: 'Readers do not get this story’s text any more.'},
}
