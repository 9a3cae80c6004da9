import {defineArrayMember, defineField, defineType} from '@sanity/types'
import {linkLeadsSomewhere} from '../validation/links.ts'

/** What a story's text is made of, in one place: lede and sections hold the same. */
export const portableText = defineType({
  name: 'portableText',
  title: 'Text',
  type: 'array',
  of: [
    defineArrayMember({
      type: 'block',
      styles: [
        {title: 'Paragraph', value: 'normal'},
        {title: 'Subheading', value: 'h3'},
        {title: 'Smaller subheading', value: 'h4'},
        {title: 'Quotation', value: 'blockquote'},
      ],
      lists: [
        {title: 'Bullets', value: 'bullet'},
        {title: 'Numbers', value: 'number'},
      ],
      marks: {
        decorators: [
          {title: 'Bold', value: 'strong'},
          {title: 'Italic', value: 'em'},
          {title: 'Code', value: 'code'},
        ],
        annotations: [
          defineArrayMember({
            name: 'link',
            title: 'Link',
            type: 'object',
            validation: (rule) => rule.custom(linkLeadsSomewhere),
            fields: [
              defineField({
                name: 'href',
                title: 'Address',
                type: 'url',
                description: 'A page elsewhere (https://…) or an e-mail address (mailto:…).',
                validation: (rule) =>
                  rule
                    .uri({scheme: ['http', 'https', 'mailto']})
                    .error('Begin the address with https://, http:// or mailto:.'),
              }),
              defineField({
                name: 'reference',
                title: 'One of our stories',
                type: 'reference',
                description: 'Keeps working when the story’s address changes.',
                to: [{type: 'article'}],
              }),
            ],
          }),
        ],
      },
    }),
    defineArrayMember({type: 'figureWithCaption'}),
    defineArrayMember({type: 'pullQuote'}),
    defineArrayMember({type: 'embed'}),
  ],
})
