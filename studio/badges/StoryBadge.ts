import {useMemo} from 'react'
import type {DocumentBadgeComponent, DocumentBadgeDescription} from 'sanity'

import {article} from '../../editorial/documents.ts'
import {labelOf, labelText, type Label} from '../../editorial/labels.ts'
import {clockTime} from '../../editorial/time.ts'
import {useLeases} from '../breaking/useLeases.ts'

/** What stands over the headline for readers now ("Breaking News", "2nd update"), or else "Live" or "Draft". */
export const StoryBadge: DocumentBadgeComponent = ({id, draft, published}) => {
  const known = useLeases(id)
  const live = useMemo(() => article.safeParse(published).data, [published])
  return useMemo(() => {
    if (live === undefined)
      return draft ? {label: 'Draft', title: 'Readers cannot see this story yet.'} : null
    const label = known && labelOf({article: live, leases: known.leases, now: known.now})
    const words = label ? labelText(label) : ''
    if (label === undefined || words === '') {
      return {label: 'Live', color: 'success', title: 'Readers see this story, without a label.'}
    }
    return {
      label: words,
      color: colors[label.kind],
      title: `Readers see the label “${words}”${'at' in label && label.at !== undefined ? `, since ${clockTime(label.at)}` : ''}.`,
    }
  }, [live, draft, known])
}

const colors: Record<Label['kind'], NonNullable<DocumentBadgeDescription['color']>> = {
  killed: 'danger',
  flash: 'danger',
  breaking: 'danger',
  developing: 'warning',
  correction: 'warning',
  clarification: 'warning',
  update: 'primary',
  topic: 'success',
  none: 'success',
}
