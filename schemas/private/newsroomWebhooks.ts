import {defineArrayMember, defineField, defineType} from '@sanity/types'
import {storedTime} from '../objects/storedTime.ts'
import {webhookEventTitles} from '../objects/webhookEvents.ts'
import {counted} from '../previews.ts'

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
            defineField({
              name: 'on',
              title: 'Is told of',
              type: 'array',
              of: [defineArrayMember({type: 'string', options: {list: webhookEventTitles}})],
            }),
            defineField({
              name: 'secretName',
              title: 'Name of the secret',
              type: 'string',
              description:
                'The secret itself stands in the environment of the server: DATELINE_WEBHOOK_SECRET_ and this name.',
              validation: (rule) =>
                rule
                  .regex(/^[A-Z0-9_]+$/)
                  .error('Use capital letters, digits and _ only, as environments do.'),
            }),
            defineField({name: 'enabled', title: 'In use', type: 'boolean'}),
            storedTime({name: 'since', title: 'Since'}),
          ],
          preview: {select: {title: 'name', subtitle: 'url'}},
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
