import {defineArrayMember, defineField, defineType} from '@sanity/types'
import {levels} from '../objects/levels.ts'
import {storedTime} from '../objects/storedTime.ts'
import {previewLine, readableTime} from '../previews.ts'
import {bannerFits, storyIsLive} from '../validation/lease.ts'
import {endsAfterStart, leaseEndsInTime, timeHasStoredForm} from '../validation/times.ts'

/** A breaking-news item: a lease on readers' attention that ends by itself. Only our dialogs write it. */
export const breakingNews = defineType({
  name: 'breakingNews',
  title: 'Breaking news',
  type: 'document',
  liveEdit: true,
  readOnly: true,
  fields: [
    defineField({
      name: 'headline',
      title: 'Words of the banner',
      type: 'string',
      validation: (rule) => rule.custom(bannerFits),
    }),
    defineField({
      name: 'article',
      title: 'Story',
      type: 'reference',
      description: 'Empty while the flash is out before the story.',
      to: [{type: 'article'}],
      weak: true,
      validation: (rule) => rule.custom(storyIsLive).warning(),
    }),
    defineField({
      name: 'level',
      title: 'Level',
      type: 'string',
      options: {list: levels, layout: 'radio'},
      validation: (rule) => rule.required().error('Choose how urgent this is.'),
    }),
    defineField({
      name: 'topics',
      title: 'Topics',
      type: 'array',
      of: [defineArrayMember({type: 'reference', to: [{type: 'topic'}], weak: true})],
    }),
    storedTime({name: 'startsAt', title: 'Starts', required: 'Choose when this starts.'}),
    defineField({
      name: 'until',
      title: 'Ends',
      type: 'datetime',
      validation: (rule) => [
        rule.required().error('Choose when this ends: breaking news never stays by accident.'),
        rule.custom(timeHasStoredForm),
        rule.custom(leaseEndsInTime),
      ],
    }),
    defineField({
      name: 'endedAt',
      title: 'Ended by hand',
      type: 'datetime',
      hidden: ({value}) => value === undefined,
      validation: (rule) => [rule.custom(timeHasStoredForm), rule.custom(endsAfterStart)],
    }),
    defineField({
      name: 'withdrawn',
      title: 'Withdrawn',
      type: 'object',
      hidden: ({value}) => value === undefined,
      fields: [
        storedTime({name: 'at', title: 'Time', required: 'A withdrawal needs its time.'}),
        defineField({
          name: 'sentence',
          title: 'Sentence for readers',
          type: 'string',
          validation: (rule) => rule.required().error('Tell readers what was wrong.'),
        }),
      ],
    }),
  ],
  orderings: [
    {title: 'Newest first', name: 'newest', by: [{field: 'startsAt', direction: 'desc'}]},
  ],
  preview: {
    select: {
      headline: 'headline',
      level: 'level',
      startsAt: 'startsAt',
      until: 'until',
      endedAt: 'endedAt',
      withdrawnAt: 'withdrawn.at',
    },
    prepare: ({headline, level, startsAt, until, endedAt, withdrawnAt}) => ({
      title: headline || 'Breaking news without words',
      subtitle: previewLine(
        levels.find(({value}) => value === level)?.title,
        withdrawnAt && 'Withdrawn',
        readableTime(startsAt) && `From ${readableTime(startsAt)}`,
        readableTime(endedAt ?? until) && `until ${readableTime(endedAt ?? until)}`,
      ),
    }),
  },
})
