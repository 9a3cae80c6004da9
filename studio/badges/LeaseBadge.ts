import type {DocumentBadgeComponent} from 'sanity'

import {leaseStanding, useLease} from '../breaking/useLease.ts'

/** Whether readers see this breaking news; the stock badge "Live" speaks of how it is edited. */
export const LeaseBadge: DocumentBadgeComponent = (props) => {
  const open = useLease(props)
  if (open === undefined) return null
  const label = leaseStanding(open.lease, open.live)
  return open.live
    ? {label, color: 'danger', title: 'Readers see this banner now.'}
    : {label, title: 'Readers do not see this banner any more.'}
}
