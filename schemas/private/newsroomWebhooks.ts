import {defineArrayMember, defineField, defineType} from '@sanity/types'
import {storedTime} from '../objects/storedTime.ts'
import {counted, previewLine, readableTime} from '../previews.ts'

/** Who is told when something happens, at `newsroom.webhooks`; the secrets stand in the environment, never here. */
export const newsroomWebhooks = defineType({
  name: 'newsroomWebhooks',
  title: 'Webhooks',
  type: 'document',
  liveEdit: true,
  readOnly: true,
  fields: [
    defineField({
      name: 'addresses',
      title: 'Addresses',
      type: 'array',
      of: [
        defineArrayMember({
          name: 'webhookAddress',
          title: 'Address',
          type: 'object',
          fields: [
            defineField({name: 'name', title: 'Name', type: 'string'}),
            defineField({
              name: 'url',
              title: 'Address',
              type: 'url',
              validation: (rule) =>
                rule.uri({scheme: ['http', 'https']}).error('Begin the address with https://.'),
            }),
            defineField({name: 'enabled', title: 'In use', type: 'boolean'}),
          ],
          preview: {select: {title: 'name', subtitle: 'url'}},
        }),
      ],
    }),
    defineField({
      name: 'deliveries',
      title: 'Deliveries',
      type: 'array',
      of: [
        defineArrayMember({
          name: 'webhookDelivery',
          title: 'Delivery',
          type: 'object',
          fields: [
            storedTime({name: 'at', title: 'Time'}),
            defineField({name: 'to', title: 'To', type: 'string'}),
            defineField({name: 'event', title: 'About', type: 'string'}),
            defineField({name: 'status', title: 'Answer', type: 'number'}),
            defineField({name: 'failure', title: 'What went wrong', type: 'string'}),
          ],
          preview: {
            select: {to: 'to', at: 'at', status: 'status', failure: 'failure'},
            prepare: ({to, at, status, failure}) => ({
              title: previewLine(to, failure || (status && `answered ${status}`)),
              subtitle: previewLine(readableTime(at)),
            }),
          },
        }),
      ],
    }),
  ],
  preview: {
    select: {addresses: 'addresses'},
    prepare: ({addresses}) => ({
      title: 'Webhooks',
      subtitle: counted(Array.isArray(addresses) ? addresses.length : 0, 'address', 'addresses'),
    }),
  },
})
