import {defineField, defineType} from '@sanity/types'
import {storedTime} from '../objects/storedTime.ts'
import {previewLine, readableTime} from '../previews.ts'

/** Touched by every breaking transaction (`newsroom.breakingDesk`), so that two publishers see each other. */
export const breakingDesk = defineType({
  name: 'breakingDesk',
  title: 'Breaking desk',
  type: 'document',
  liveEdit: true,
  readOnly: true,
  fields: [
    storedTime({name: 'changedAt', title: 'Last changed'}),
    defineField({name: 'changedBy', title: 'By', type: 'string'}),
  ],
  preview: {
    select: {changedAt: 'changedAt'},
    prepare: ({changedAt}) => ({
      title: 'Breaking desk',
      subtitle: previewLine(readableTime(changedAt)),
    }),
  },
})
