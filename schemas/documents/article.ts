import {defineArrayMember, defineField, defineType} from '@sanity/types'
import {storedTime} from '../objects/storedTime.ts'
import {previewLine, readableTime} from '../previews.ts'
import {languageIsTag} from '../validation/codes.ts'
import {
  headlineFitsEverywhere,
  headlineIsNotLong,
  headlineIsUsable,
} from '../validation/headline.ts'
import {storyIsSigned} from '../validation/links.ts'
import {headingsDiffer} from '../validation/sections.ts'
import {slugIsAddress, slugIsFree, storyId} from '../validation/slug.ts'
import {saysSomething} from '../validation/text.ts'
import {embargoIsAhead, timeHasStoredForm} from '../validation/times.ts'

/** Written by publishing alone, so shown only once it has something to show. */
const byPublishing = {
  group: 'publishing',
  fieldset: 'record',
  readOnly: true,
  hidden: ({value}: {value?: unknown}) =>
    value === undefined || (Array.isArray(value) && value.length === 0),
}

/** A story. */
export const article = defineType({
  name: 'article',
  title: 'Story',
  type: 'document',
  groups: [
    {name: 'story', title: 'Story', default: true},
    {name: 'media', title: 'Media'},
    {name: 'topicsAndPeople', title: 'Topics & people'},
    {name: 'publishing', title: 'Publishing'},
    {name: 'source', title: 'Source'},
  ],
  fieldsets: [
    {
      name: 'record',
      title: 'What readers have seen',
      description: 'Written when the story is published; nobody edits it by hand.',
      options: {collapsible: true, collapsed: false},
    },
  ],
  initialValue: {language: 'en'},
  fields: [
    defineField({
      name: 'headline',
      title: 'Headline',
      type: 'string',
      group: 'story',
      description: 'What happened, in up to 70 characters.',
      validation: (rule) => [
        rule.custom(headlineIsUsable),
        rule.custom(headlineIsNotLong).warning(),
        rule.custom(headlineFitsEverywhere).info(),
      ],
    }),
    defineField({
      name: 'update',
      title: 'Update',
      type: 'boolean',
      group: 'story',
      description:
        'Switch on when a change tells readers something new. Publishing then asks what it is, and the story carries “Update” over its headline.',
      options: {layout: 'switch'},
    }),
    defineField({
      name: 'shortHeadline',
      title: 'Short headline',
      type: 'string',
      group: 'story',
      description: 'For lists and phones, where the headline is too long. Optional.',
      validation: (rule) => rule.max(70).warning('A short headline has at most 70 characters.'),
    }),
    defineField({
      name: 'slug',
      title: 'Address',
      type: 'slug',
      group: 'story',
      description:
        'The last part of the story’s address. Change it only for a reason; the old address leads here afterwards.',
      // The rule below asks about former addresses too, so the built-in question would be a second one.
      options: {source: 'headline', maxLength: 96, isUnique: () => true},
      validation: (rule) => [rule.custom(slugIsAddress), rule.custom(slugIsFree)],
    }),
    defineField({
      name: 'standfirst',
      title: 'Standfirst',
      type: 'text',
      rows: 2,
      group: 'story',
      description: 'A sentence or two under the headline: why this matters.',
      validation: (rule) =>
        rule
          .max(300)
          .warning('Keep the standfirst under 300 characters; the rest is for the lede.'),
    }),
    defineField({
      name: 'lede',
      title: 'Lede',
      type: 'portableText',
      group: 'story',
      description: 'The paragraphs before the first heading.',
      validation: (rule) =>
        rule.custom((lede) =>
          saysSomething(lede)
            ? true
            : 'Write at least one paragraph: the story cannot be published without a lede.',
        ),
    }),
    defineField({
      name: 'sections',
      title: 'Sections',
      type: 'array',
      group: 'story',
      description: 'The rest of the story, each part under its heading.',
      of: [defineArrayMember({type: 'section'})],
      validation: (rule) => rule.custom(headingsDiffer).warning(),
    }),
    defineField({
      name: 'language',
      title: 'Language',
      type: 'string',
      group: 'story',
      description: 'As a language tag: “en”, “en-GB”, “uk”, “ar”.',
      validation: (rule) => rule.custom(languageIsTag),
    }),
    defineField({
      name: 'leadFigure',
      title: 'Lead picture',
      type: 'figureWithCaption',
      group: 'media',
    }),
    defineField({
      name: 'authors',
      title: 'Authors',
      type: 'array',
      group: 'topicsAndPeople',
      of: [defineArrayMember({type: 'reference', to: [{type: 'author'}]})],
      validation: (rule) => [
        rule.unique().error('Each author signs once. Remove the second entry.'),
        rule.custom(storyIsSigned).info(),
      ],
    }),
    defineField({
      name: 'byline',
      title: 'Byline',
      type: 'string',
      group: 'topicsAndPeople',
      description: 'Only when no author fits, as in “RFE/RL’s Russian Service”.',
    }),
    defineField({
      name: 'dateline',
      title: 'Dateline',
      type: 'dateline',
      group: 'topicsAndPeople',
    }),
    defineField({
      name: 'topics',
      title: 'Topics',
      type: 'array',
      group: 'topicsAndPeople',
      description: 'The first one stands over the headline when nothing more urgent does.',
      of: [defineArrayMember({type: 'reference', to: [{type: 'topic'}]})],
      validation: (rule) => rule.unique().error('Each topic counts once. Remove the second entry.'),
    }),
    defineField({
      name: 'related',
      title: 'Related stories',
      type: 'array',
      group: 'topicsAndPeople',
      of: [
        defineArrayMember({
          type: 'reference',
          to: [{type: 'article'}],
          weak: true,
          options: {
            filter: ({document}) => ({
              filter: '!(_id in [$own, $ownDraft])',
              params: {own: storyId(document._id), ownDraft: `drafts.${storyId(document._id)}`},
            }),
          },
        }),
      ],
      validation: (rule) =>
        rule.unique().error('Each story is named once. Remove the second entry.'),
    }),
    defineField({
      name: 'priority',
      title: 'Priority',
      type: 'number',
      group: 'publishing',
      description: '1 is the most urgent, 9 the least.',
      validation: (rule) =>
        rule.integer().min(1).max(9).error('Choose a whole number from 1 (most urgent) to 9.'),
    }),
    {
      ...storedTime({
        name: 'embargoUntil',
        title: 'Embargo until',
        description: 'Nobody can publish the story before this time. It never publishes by itself.',
      }),
      group: 'publishing',
      validation: (rule) => [
        rule.custom(timeHasStoredForm),
        rule
          .custom((value: string | undefined, {document}) =>
            embargoIsAhead(value, new Date(), document),
          )
          .warning(),
      ],
    },
    {...storedTime({name: 'firstPublishedAt', title: 'First published'}), ...byPublishing},
    {...storedTime({name: 'lastUpdatedAt', title: 'Last updated'}), ...byPublishing},
    defineField({
      name: 'updates',
      title: 'Updates',
      type: 'array',
      of: [defineArrayMember({type: 'articleUpdate'})],
      ...byPublishing,
    }),
    defineField({
      name: 'corrections',
      title: 'Corrections and clarifications',
      type: 'array',
      of: [defineArrayMember({type: 'correction'})],
      ...byPublishing,
    }),
    defineField({
      name: 'previousSlugs',
      title: 'Former addresses',
      type: 'array',
      description: 'They lead to the story’s address of today.',
      of: [defineArrayMember({type: 'string'})],
      ...byPublishing,
    }),
    defineField({
      name: 'killed',
      title: 'Killed',
      type: 'object',
      fields: [
        storedTime({name: 'at', title: 'Time', required: 'A kill needs its time.'}),
        defineField({
          name: 'notice',
          title: 'Notice for readers',
          type: 'text',
          rows: 2,
          validation: (rule) => rule.required().error('Tell readers why the story is gone.'),
        }),
      ],
      ...byPublishing,
    }),
    defineField({name: 'source', title: 'Source', type: 'source', group: 'source'}),
  ],
  orderings: [
    {
      title: 'Newest first',
      name: 'newest',
      by: [{field: 'firstPublishedAt', direction: 'desc'}],
    },
    {
      title: 'Updated last first',
      name: 'updated',
      by: [{field: 'lastUpdatedAt', direction: 'desc'}],
    },
    {
      title: 'Most urgent first',
      name: 'priority',
      by: [
        {field: 'priority', direction: 'asc'},
        {field: 'firstPublishedAt', direction: 'desc'},
      ],
    },
    {title: 'Headline A–Z', name: 'headline', by: [{field: 'headline', direction: 'asc'}]},
  ],
  preview: {
    select: {
      headline: 'headline',
      update: 'update',
      killedAt: 'killed.at',
      embargo: 'embargoUntil',
      published: 'firstPublishedAt',
      updated: 'lastUpdatedAt',
      media: 'leadFigure.image',
    },
    prepare: ({headline, update, killedAt, embargo, published, updated, media}) => ({
      title: headline || 'Story without a headline',
      subtitle: killedAt
        ? previewLine('Killed', readableTime(killedAt))
        : previewLine(
            update && 'Update',
            readableTime(updated ?? published) ?? 'Not published yet',
            !published && embargo && `Embargo until ${readableTime(embargo)}`,
          ),
      media,
    }),
  },
})
