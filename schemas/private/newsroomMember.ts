import {defineField, defineType} from '@sanity/types'
import {roles} from '../roles.ts'

/** The role of a person on Sanity's hosted lake, at `newsroom.member.<userId>`; here the lake keeps roles itself. */
export const newsroomMember = defineType({
  name: 'newsroomMember',
  title: 'Member of the newsroom',
  type: 'document',
  liveEdit: true,
  readOnly: true,
  fields: [
    defineField({name: 'name', title: 'Name', type: 'string'}),
    defineField({
      name: 'role',
      title: 'Role',
      type: 'string',
      options: {
        list: roles.map(({name, title}) => ({title, value: name})),
      },
      validation: (rule) => rule.required().error('Choose what this person may do.'),
    }),
  ],
  preview: {
    select: {name: 'name', role: 'role'},
    prepare: ({name, role}) => ({title: name || 'Member without a name', subtitle: role}),
  },
})
