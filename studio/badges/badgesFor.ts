import type {DocumentBadgeComponent} from 'sanity'

import {LeaseBadge} from './LeaseBadge.ts'
import {StoryBadge} from './StoryBadge.ts'

const badges: {[schemaType: string]: DocumentBadgeComponent[]} = {
  article: [StoryBadge],
  breakingNews: [LeaseBadge],
}

/** Badges say what readers see of a story or a lease; other types keep the stock ones. */
export function badgesFor(
  schemaType: string,
  stock: DocumentBadgeComponent[],
): DocumentBadgeComponent[] {
  return badges[schemaType] ?? stock
}
