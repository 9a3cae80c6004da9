import {defineField, defineType} from '@sanity/types'
import {storedTime} from '../objects/storedTime.ts'
import {previewLine} from '../previews.ts'

const counts = [
  {name: 'kept', title: 'Kept'},
  {name: 'merged', title: 'Merged'},
  {name: 'dropped', title: 'Dropped as page furniture'},
  {name: 'unplaced', title: 'Unplaced'},
]

/** What became of every line of an imported page, at `newsroom.receipt.<articleId>`. */
export const importReceipt = defineType({
  name: 'importReceipt',
  title: 'Import receipt',
  type: 'document',
  liveEdit: true,
  readOnly: true,
  fields: [
    defineField({
      name: 'article',
      title: 'Story',
      type: 'reference',
      to: [{type: 'article'}],
      weak: true,
    }),
    defineField({name: 'importId', title: 'Import', type: 'string'}),
    storedTime({name: 'importedAt', title: 'Imported at'}),
    defineField({
      name: 'counts',
      title: 'Lines',
      type: 'object',
      options: {columns: 2},
      fields: counts.map((count) => defineField({...count, type: 'number'})),
    }),
    defineField({
      name: 'lines',
      title: 'What became of each line',
      type: 'text',
      rows: 20,
      description: 'As JSON, one entry a line of the page.',
    }),
    defineField({
      name: 'fingerprint',
      title: 'Fingerprint',
      type: 'string',
      description: 'Of what the import wrote: a story that differs was edited here since.',
    }),
  ],
  preview: {
    select: {headline: 'article.headline', kept: 'counts.kept', dropped: 'counts.dropped'},
    prepare: ({headline, kept, dropped}) => ({
      title: headline || 'A story that is gone',
      subtitle: previewLine(`${kept ?? 0} kept`, `${dropped ?? 0} dropped`),
    }),
  },
})
