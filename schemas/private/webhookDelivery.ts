import {defineField, defineType} from '@sanity/types'
import {storedTime} from '../objects/storedTime.ts'
import {webhookEventTitles} from '../objects/webhookEvents.ts'
import {previewLine, readableTime} from '../previews.ts'

/** One thing that happened, for one address, at `newsroom.delivery.<id>`; kept for a week after it has ended. */
export const webhookDelivery = defineType({
  name: 'webhookDelivery',
  title: 'Delivery to a webhook',
  type: 'document',
  liveEdit: true,
  readOnly: true,
  fields: [
    defineField({name: 'address', title: 'Address', type: 'string'}),
    defineField({name: 'to', title: 'To', type: 'string'}),
    defineField({
      name: 'event',
      title: 'What happened',
      type: 'string',
      options: {list: webhookEventTitles},
    }),
    defineField({name: 'about', title: 'About', type: 'string'}),
    storedTime({name: 'at', title: 'When it happened'}),
    defineField({name: 'body', title: 'What is sent', type: 'text'}),
    defineField({
      name: 'state',
      title: 'State',
      type: 'string',
      options: {
        list: [
          {title: 'Waiting', value: 'waiting'},
          {title: 'Delivered', value: 'delivered'},
          {title: 'Given up', value: 'gaveUp'},
        ],
      },
    }),
    defineField({name: 'attempts', title: 'Attempts', type: 'number'}),
    storedTime({name: 'firstAttemptAt', title: 'First attempt'}),
    storedTime({name: 'nextAttemptAt', title: 'Next attempt'}),
    storedTime({name: 'endedAt', title: 'Ended'}),
    defineField({name: 'status', title: 'Answer', type: 'number'}),
    defineField({name: 'failure', title: 'What went wrong', type: 'string'}),
  ],
  preview: {
    select: {to: 'to', event: 'event', at: 'at', state: 'state', failure: 'failure'},
    prepare: ({to, event, at, state, failure}) => ({
      title: previewLine(to, event),
      subtitle: previewLine(at && readableTime(at), failure || state),
    }),
  },
})
