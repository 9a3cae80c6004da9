import {defineField, defineType} from '@sanity/types'
import {previewLine, readableTime} from '../previews.ts'
import {storedTime} from './storedTime.ts'

/** One update of a live story: its number, its time, and what was new. Publishing writes it. */
export const articleUpdate = defineType({
  name: 'articleUpdate',
  title: 'Update',
  type: 'object',
  fields: [
    defineField({
      name: 'number',
      title: 'Number',
      type: 'number',
      validation: (rule) =>
        rule.required().integer().min(1).error('Updates are numbered 1, 2, 3 and so on.'),
    }),
    storedTime({name: 'at', title: 'Time', required: 'An update needs its time.'}),
    defineField({
      name: 'note',
      title: 'What is new',
      type: 'text',
      rows: 2,
      validation: (rule) => rule.required().error('Say in a sentence what is new.'),
    }),
  ],
  preview: {
    select: {number: 'number', at: 'at', note: 'note'},
    prepare: ({number, at, note}) => ({
      title: note || 'Update without a note',
      subtitle: previewLine(`Update ${number ?? ''}`.trim(), readableTime(at)),
    }),
  },
})
