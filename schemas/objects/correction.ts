import {defineField, defineType} from '@sanity/types'
import {previewLine, readableTime} from '../previews.ts'
import {storedTime} from './storedTime.ts'

/** What a live story had wrong, or said unclearly, in the words that readers get. Publishing writes it. */
export const correction = defineType({
  name: 'correction',
  title: 'Correction',
  type: 'object',
  fields: [
    defineField({
      name: 'kind',
      title: 'Kind',
      type: 'string',
      options: {
        layout: 'radio',
        list: [
          {title: 'Correction: we had a fact wrong', value: 'correction'},
          {title: 'Clarification: we were unclear', value: 'clarification'},
        ],
      },
      validation: (rule) =>
        rule.required().error('Say whether a fact was wrong or the wording unclear.'),
    }),
    storedTime({name: 'at', title: 'Time', required: 'A correction needs its time.'}),
    defineField({
      name: 'text',
      title: 'Text for readers',
      type: 'text',
      rows: 3,
      description: 'What we said, and what is right.',
      validation: (rule) => rule.required().error('Write what was wrong and what is right.'),
    }),
  ],
  preview: {
    select: {kind: 'kind', at: 'at', text: 'text'},
    prepare: ({kind, at, text}) => ({
      title: text || 'Correction without a text',
      subtitle: previewLine(
        kind === 'clarification' ? 'Clarification' : 'Correction',
        readableTime(at),
      ),
    }),
  },
})
