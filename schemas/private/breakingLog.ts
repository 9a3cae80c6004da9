import {defineArrayMember, defineField, defineType} from '@sanity/types'
import {levels} from '../objects/levels.ts'
import {storedTime} from '../objects/storedTime.ts'
import {counted, previewLine} from '../previews.ts'

const bannerWords = [
  defineField({name: 'headline', title: 'Words of the banner', type: 'string'}),
  defineField({name: 'level', title: 'Level', type: 'string', options: {list: levels}}),
]

/** Who did what with a piece of breaking news, at `newsroom.lease.<breakingNewsId>`; its plan until it starts. */
export const breakingLog = defineType({
  name: 'breakingLog',
  title: 'Log of breaking news',
  type: 'document',
  liveEdit: true,
  readOnly: true,
  fields: [
    defineField({
      name: 'lease',
      title: 'Breaking news',
      type: 'reference',
      to: [{type: 'breakingNews'}],
      weak: true,
    }),
    defineField({name: 'owner', title: 'Owner', type: 'string'}),
    defineField({
      name: 'planned',
      title: 'Planned',
      type: 'object',
      description: 'Breaking news that starts later is nowhere in public before it does.',
      fields: [
        ...bannerWords,
        defineField({
          name: 'article',
          title: 'Story',
          type: 'reference',
          to: [{type: 'article'}],
          weak: true,
        }),
        defineField({
          name: 'topics',
          title: 'Topics',
          type: 'array',
          of: [defineArrayMember({type: 'reference', to: [{type: 'topic'}], weak: true})],
        }),
        storedTime({name: 'startsAt', title: 'Starts'}),
        storedTime({name: 'until', title: 'Ends'}),
      ],
    }),
    defineField({
      name: 'givenUp',
      title: 'Given up',
      type: 'object',
      description: 'What a plan said that never started.',
      fields: [...bannerWords],
    }),
    defineField({
      name: 'log',
      title: 'Log',
      type: 'array',
      of: [defineArrayMember({type: 'leaseLogEntry'})],
    }),
  ],
  preview: {
    select: {
      headline: 'lease.headline',
      planned: 'planned.headline',
      givenUp: 'givenUp.headline',
      owner: 'owner',
      log: 'log',
    },
    prepare: ({headline, planned, givenUp, owner, log}) => ({
      title: headline || planned || givenUp || 'Breaking news that is gone',
      subtitle: previewLine(
        owner,
        counted(Array.isArray(log) ? log.length : 0, 'entry', 'entries'),
      ),
    }),
  },
})
