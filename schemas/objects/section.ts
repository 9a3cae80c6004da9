import {defineField, defineType} from '@sanity/types'
import {counted, previewLine} from '../previews.ts'
import {sectionSaysSomething} from '../validation/sections.ts'

/** A part of a story under its own heading. */
export const section = defineType({
  name: 'section',
  title: 'Section',
  type: 'object',
  fields: [
    defineField({
      name: 'heading',
      title: 'Heading',
      type: 'string',
      validation: (rule) =>
        rule.required().error('Write the heading, or move the paragraphs to the section before.'),
    }),
    defineField({
      name: 'figure',
      title: 'Picture',
      type: 'figureWithCaption',
      description: 'Stands under the heading, before the text.',
      options: {collapsible: true, collapsed: true},
    }),
    defineField({
      name: 'body',
      title: 'Text',
      type: 'portableText',
      validation: (rule) => rule.custom(sectionSaysSomething),
    }),
  ],
  preview: {
    select: {heading: 'heading', body: 'body', media: 'figure.image'},
    prepare: ({heading, body, media}) => ({
      title: heading || 'Section without a heading',
      subtitle: previewLine(counted(Array.isArray(body) ? body.length : 0, 'paragraph')),
      media,
    }),
  },
})
