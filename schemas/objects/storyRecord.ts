import {defineArrayMember, defineField, defineType} from '@sanity/types'
import {storedTime} from './storedTime.ts'

/** What readers have seen of a story that is not before them now; its next publication goes on from it. */
export const storyRecord = defineType({
  name: 'storyRecord',
  title: 'What readers have seen',
  type: 'object',
  fields: [
    defineField({name: 'slug', title: 'Address', type: 'slug'}),
    defineField({
      name: 'previousSlugs',
      title: 'Former addresses',
      type: 'array',
      of: [defineArrayMember({type: 'string'})],
    }),
    defineField({
      name: 'updates',
      title: 'Updates',
      type: 'array',
      of: [defineArrayMember({type: 'articleUpdate'})],
    }),
    defineField({
      name: 'corrections',
      title: 'Corrections and clarifications',
      type: 'array',
      of: [defineArrayMember({type: 'correction'})],
    }),
    storedTime({name: 'firstPublishedAt', title: 'First published'}),
    storedTime({name: 'lastUpdatedAt', title: 'Last updated'}),
  ],
})
