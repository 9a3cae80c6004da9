import {useMemo} from 'react'
import type {DocumentBadgeComponent} from 'sanity'

import {article} from '../../editorial/documents.ts'
import {missingPictures} from '../../editorial/figures.ts'
import {counted} from '../../schemas/previews.ts'

/** Says when a picture of the story has no image: readers see an empty frame in its place. */
export const PictureBadge: DocumentBadgeComponent = ({draft, published}) => {
  const shown = draft ?? published
  const missing = useMemo(() => {
    const story = article.safeParse(shown).data
    return story === undefined ? 0 : missingPictures(story).length
  }, [shown])
  if (missing === 0) return null
  return {
    label: missing === 1 ? 'Picture missing' : `${missing} pictures missing`,
    color: 'warning',
    title: `${counted(missing, 'picture')} of this story ${missing === 1 ? 'has' : 'have'} a caption but no image.`,
  }
}
