import {defineField, defineType} from '@sanity/types'

/** A sentence of the story, set large. */
export const pullQuote = defineType({
  name: 'pullQuote',
  title: 'Pull quote',
  type: 'object',
  fields: [
    defineField({
      name: 'quote',
      title: 'Quote',
      type: 'text',
      rows: 3,
      description: 'Word for word as in the story, without quotation marks around it.',
      validation: (rule) => rule.required().error('Write the quote, or remove this block.'),
    }),
    defineField({
      name: 'attribution',
      title: 'Who says it',
      type: 'string',
      description: 'Name and function, as in “John Kerry, US Secretary of State”.',
    }),
  ],
  preview: {select: {title: 'quote', subtitle: 'attribution'}},
})
