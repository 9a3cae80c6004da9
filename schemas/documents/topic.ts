import {defineField, defineType} from '@sanity/types'
import {mediatopicIsCode} from '../validation/codes.ts'

/** What stories are about. */
export const topic = defineType({
  name: 'topic',
  title: 'Topic',
  type: 'document',
  fields: [
    defineField({
      name: 'title',
      title: 'Title',
      type: 'string',
      description: 'As readers see it over a headline.',
      validation: (rule) => rule.required().error('Write the title as readers see it.'),
    }),
    defineField({
      name: 'slug',
      title: 'Address',
      type: 'slug',
      options: {source: 'title', maxLength: 96},
      validation: (rule) => rule.required().error('Generate the address from the title.'),
    }),
    defineField({
      name: 'mediatopic',
      title: 'IPTC Media Topic',
      type: 'string',
      description: 'The code that partners sort by, as in “medtop:11000000”. Optional.',
      validation: (rule) => rule.custom(mediatopicIsCode),
    }),
  ],
  orderings: [{title: 'Title A–Z', name: 'title', by: [{field: 'title', direction: 'asc'}]}],
  preview: {
    select: {title: 'title', mediatopic: 'mediatopic'},
    prepare: ({title, mediatopic}) => ({
      title: title || 'Topic without a title',
      subtitle: mediatopic,
    }),
  },
})
