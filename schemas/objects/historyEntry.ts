import {defineField, defineType} from '@sanity/types'
import {previewLine, readableTime} from '../previews.ts'
import {stages} from './stages.ts'
import {storedTime} from './storedTime.ts'

/** One line of a story's history: who did what, when, and where the story stood afterwards. */
export const historyEntry = defineType({
  name: 'historyEntry',
  title: 'History entry',
  type: 'object',
  fields: [
    storedTime({name: 'at', title: 'Time', required: 'An entry needs its time.'}),
    defineField({name: 'by', title: 'Who', type: 'string'}),
    defineField({name: 'action', title: 'What', type: 'string'}),
    defineField({name: 'from', title: 'From', type: 'string', options: {list: [...stages]}}),
    defineField({name: 'to', title: 'To', type: 'string', options: {list: [...stages]}}),
    defineField({name: 'note', title: 'Note', type: 'text', rows: 2}),
    defineField({name: 'assignee', title: 'Given to', type: 'string'}),
    storedTime({name: 'dueAt', title: 'Due'}),
  ],
  preview: {
    select: {
      action: 'action',
      by: 'by',
      at: 'at',
      note: 'note',
      assignee: 'assignee',
      due: 'dueAt',
    },
    prepare: ({action, by, at, note, assignee, due}) => ({
      title: previewLine(
        action,
        note,
        assignee && `to ${assignee}`,
        due && `due ${readableTime(due)}`,
      ),
      subtitle: previewLine(by, readableTime(at)),
    }),
  },
})
