import {defineField, defineType} from '@sanity/types'

/** Where and when a story was reported: "MOSCOW, 24 March". */
export const dateline = defineType({
  name: 'dateline',
  title: 'Dateline',
  type: 'object',
  options: {columns: 2},
  fields: [
    defineField({
      name: 'place',
      title: 'Place',
      type: 'string',
      description: 'Where the reporter is.',
    }),
    defineField({name: 'date', title: 'Date', type: 'date'}),
  ],
})
