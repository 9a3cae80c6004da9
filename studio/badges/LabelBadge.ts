import {useMemo} from 'react'
import type {DocumentBadgeComponent, DocumentBadgeDescription} from 'sanity'

import {article} from '../../editorial/documents.ts'
import {labelOf, labelText, type Label} from '../../editorial/labels.ts'
import {useLeases} from '../breaking/useLeases.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'

/** What stands over the headline for readers now, as in "Breaking News" or "2nd update". */
export const LabelBadge: DocumentBadgeComponent = ({id, published}) => {
  const known = useLeases(id)
  const {times, updateLabelHours} = useNewsroomClock()
  const live = useMemo(() => article.safeParse(published).data, [published])
  return useMemo(() => {
    if (live === undefined || known === undefined) return null
    const label = labelOf({article: live, ...known, settings: {updateLabelHours}})
    const words = labelText(label)
    if (words === '' || label.kind === 'killed') return null
    const since = 'at' in label && label.at !== undefined ? `, since ${times.clock(label.at)}` : ''
    return {
      label: words,
      color: colors[label.kind],
      title: `Readers see the label “${words}”${since}.`,
    }
  }, [live, known, times, updateLabelHours])
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
