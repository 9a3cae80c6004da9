import type {DocumentBadgeComponent} from 'sanity'

import {LabelBadge} from './LabelBadge.ts'
import {LeaseBadge} from './LeaseBadge.ts'
import {PictureBadge} from './PictureBadge.ts'
import {StageBadge} from './StageBadge.ts'
import {EmbargoBadge, ScheduleBadge} from './timedBadges.ts'

const badges: {[schemaType: string]: DocumentBadgeComponent[]} = {
  article: [StageBadge, LabelBadge, EmbargoBadge, ScheduleBadge, PictureBadge],
  breakingNews: [LeaseBadge],
}

/** Badges say where a story or a lease stands and what readers see of it; other types keep the stock ones. */
export function badgesFor(
  schemaType: string,
  stock: DocumentBadgeComponent[],
): DocumentBadgeComponent[] {
  return badges[schemaType] ?? stock
}
