import {defineField, defineType} from '@sanity/types'
import {storedTime} from './storedTime.ts'

/** Where an imported story comes from. The label is what the captured page said; readers never see it. */
export const source = defineType({
  name: 'source',
  title: 'Source',
  type: 'object',
  fields: [
    defineField({name: 'publisher', title: 'Publisher', type: 'string'}),
    defineField({
      name: 'url',
      title: 'Address',
      type: 'url',
      validation: (rule) =>
        rule.uri({scheme: ['http', 'https']}).error('Begin the address with https://.'),
    }),
    defineField({
      name: 'format',
      title: 'Format',
      type: 'string',
      description: 'What it was imported from, as in “capture”.',
      readOnly: true,
    }),
    defineField({
      name: 'label',
      title: 'Label on the page',
      type: 'string',
      description: 'What stood over the headline there. It is kept as a record and not shown.',
      readOnly: true,
    }),
    defineField({name: 'importId', title: 'Import', type: 'string', readOnly: true}),
    {...storedTime({name: 'importedAt', title: 'Imported at'}), readOnly: true},
  ],
})
