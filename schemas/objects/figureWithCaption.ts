import {defineField, defineType} from '@sanity/types'
import {previewLine} from '../previews.ts'
import {altDescribes, creditIsThere, pictureIsThere} from '../validation/figure.ts'

/** A picture with the words that belong to it. */
export const figureWithCaption = defineType({
  name: 'figureWithCaption',
  title: 'Picture',
  type: 'object',
  fieldsets: [{name: 'taken', title: 'When and where', options: {columns: 2}}],
  fields: [
    defineField({
      name: 'image',
      title: 'Picture',
      type: 'image',
      description: 'Set the hotspot on what matters: small screens keep it in sight.',
      options: {hotspot: true},
      validation: (rule) => rule.custom(pictureIsThere).warning(),
    }),
    defineField({
      name: 'alt',
      title: 'Alternative text',
      type: 'string',
      description: 'What the picture shows, for readers who cannot see it. Not the caption again.',
      validation: (rule) => [
        rule.required().error('Describe the picture in a sentence for readers who cannot see it.'),
        rule.custom(altDescribes).warning(),
      ],
    }),
    defineField({
      name: 'caption',
      title: 'Caption',
      type: 'text',
      rows: 2,
      description: 'Who or what this is, where and when. It stands under the picture.',
      validation: (rule) =>
        rule.required().error('Write the caption that stands under the picture.'),
    }),
    defineField({
      name: 'credit',
      title: 'Credit',
      type: 'string',
      description: 'Who took it and for whom, as in “Maria Lopez / Reuters”.',
      validation: (rule) => rule.custom(creditIsThere).warning(),
    }),
    defineField({name: 'takenAt', title: 'Taken on', type: 'date', fieldset: 'taken'}),
    defineField({name: 'place', title: 'Place', type: 'string', fieldset: 'taken'}),
    defineField({
      name: 'filePhoto',
      title: 'File photo',
      type: 'boolean',
      description: 'The picture is older than the event; readers are told.',
    }),
  ],
  preview: {
    select: {caption: 'caption', alt: 'alt', credit: 'credit', file: 'filePhoto', media: 'image'},
    prepare: ({caption, alt, credit, file, media}) => ({
      title: caption || alt || 'Picture without a caption',
      subtitle: previewLine(file && 'File photo', credit || 'No credit'),
      media,
    }),
  },
})
