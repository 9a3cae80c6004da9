import {defineField, defineType} from '@sanity/types'

/** Somebody who signs stories. */
export const author = defineType({
  name: 'author',
  title: 'Author',
  type: 'document',
  fields: [
    defineField({
      name: 'name',
      title: 'Name',
      type: 'string',
      description: 'As it stands over the stories.',
      validation: (rule) => rule.required().error('Write the name as it stands over the stories.'),
    }),
    defineField({
      name: 'slug',
      title: 'Address',
      type: 'slug',
      options: {source: 'name', maxLength: 96},
      validation: (rule) => rule.required().error('Generate the address from the name.'),
    }),
    defineField({
      name: 'role',
      title: 'Role',
      type: 'string',
      description: 'As in “Moscow correspondent”.',
    }),
    defineField({
      name: 'portrait',
      title: 'Portrait',
      type: 'image',
      options: {hotspot: true},
    }),
    defineField({
      name: 'bio',
      title: 'About',
      type: 'text',
      rows: 4,
      description: 'Two or three sentences for readers.',
    }),
  ],
  orderings: [{title: 'Name A–Z', name: 'name', by: [{field: 'name', direction: 'asc'}]}],
  preview: {
    select: {name: 'name', role: 'role', media: 'portrait'},
    prepare: ({name, role, media}) => ({
      title: name || 'Author without a name',
      subtitle: role,
      media,
    }),
  },
})
