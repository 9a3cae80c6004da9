import {defineField, defineType} from '@sanity/types'
import {previewLine, readableTime} from '../previews.ts'
import {storedTime} from './storedTime.ts'

const deeds = [
  {title: 'Planned', value: 'plan'},
  {title: 'Started', value: 'start'},
  {title: 'Extended', value: 'extend'},
  {title: 'Ended', value: 'end'},
  {title: 'Withdrawn', value: 'withdraw'},
  {title: 'Linked to a story', value: 'link'},
  {title: 'Level changed', value: 'level'},
]

/** One line of the log of breaking news: who did what, when and why. */
export const leaseLogEntry = defineType({
  name: 'leaseLogEntry',
  title: 'Log entry',
  type: 'object',
  fields: [
    storedTime({name: 'at', title: 'Time', required: 'An entry needs its time.'}),
    defineField({name: 'by', title: 'Who', type: 'string'}),
    defineField({name: 'did', title: 'What', type: 'string', options: {list: deeds}}),
    storedTime({name: 'until', title: 'New end'}),
    defineField({name: 'reason', title: 'Reason', type: 'string'}),
  ],
  preview: {
    select: {did: 'did', by: 'by', at: 'at', reason: 'reason'},
    prepare: ({did, by, at, reason}) => ({
      title: previewLine(deeds.find(({value}) => value === did)?.title ?? did, reason),
      subtitle: previewLine(by, readableTime(at)),
    }),
  },
})
