import {defineField, defineType} from '@sanity/types'

/** Something that lives elsewhere: a video, a map, a post. Readers get a link with these words first. */
export const embed = defineType({
  name: 'embed',
  title: 'Embed',
  type: 'object',
  fields: [
    defineField({
      name: 'url',
      title: 'Address',
      type: 'url',
      validation: (rule) => [
        rule.required().error('Paste the address of what you embed.'),
        rule.uri({scheme: ['http', 'https']}).error('Begin the address with https://.'),
      ],
    }),
    defineField({
      name: 'title',
      title: 'What it is',
      type: 'string',
      description: 'Read out to people who cannot see it, and shown until it has loaded.',
      validation: (rule) =>
        rule
          .required()
          .error('Say what readers find there, as in “Video: Kerry arrives in Moscow”.'),
    }),
  ],
  preview: {select: {title: 'title', subtitle: 'url'}},
})
