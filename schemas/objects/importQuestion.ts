import {defineField, defineType} from '@sanity/types'

/** Where the importer hesitated: what it asks an editor, and what it assumed until somebody answers. */
export const importQuestion = defineType({
  name: 'importQuestion',
  title: 'Question from the import',
  type: 'object',
  fields: [
    defineField({name: 'question', title: 'Question', type: 'text', rows: 2}),
    defineField({name: 'assumed', title: 'Assumed until answered', type: 'text', rows: 2}),
  ],
  preview: {select: {title: 'question', subtitle: 'assumed'}},
})
