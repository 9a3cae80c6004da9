import {defineField, defineType} from '@sanity/types'
import {timeZoneExists} from '../validation/codes.ts'

/** What holds for the whole site; there is one document of it, `siteSettings`. */
export const siteSettings = defineType({
  name: 'siteSettings',
  title: 'Site settings',
  type: 'document',
  groups: [
    {name: 'site', title: 'Site', default: true},
    {name: 'newsroom', title: 'Newsroom'},
  ],
  initialValue: {breakingMinutes: 30, updateLabelHours: 24, timeZone: 'UTC'},
  fields: [
    defineField({
      name: 'title',
      title: 'Title',
      type: 'string',
      group: 'site',
      description: 'The name of the publication, at the top of every page.',
      validation: (rule) => rule.required().error('Give the site its name.'),
    }),
    defineField({
      name: 'url',
      title: 'Address',
      type: 'url',
      group: 'site',
      description: 'Where readers find the site; feeds and partners use it.',
      validation: (rule) =>
        rule.uri({scheme: ['http', 'https']}).error('Begin the address with https://.'),
    }),
    defineField({
      name: 'publisher',
      title: 'Publisher',
      type: 'string',
      group: 'site',
      description: 'The organisation that answers for the content.',
    }),
    defineField({
      name: 'logo',
      title: 'Logo',
      type: 'image',
      group: 'site',
      description: 'Search engines show it beside stories; at least 112 pixels high.',
    }),
    defineField({
      name: 'breakingMinutes',
      title: 'Breaking news lasts',
      type: 'number',
      group: 'newsroom',
      description: 'In minutes, unless a publisher chooses otherwise.',
      validation: (rule) =>
        rule.integer().min(1).max(720).error('Choose 1 to 720 minutes (12 hours).'),
    }),
    defineField({
      name: 'updateLabelHours',
      title: '“Update” stands over a story for',
      type: 'number',
      group: 'newsroom',
      description: 'In hours, counted from the last update.',
      validation: (rule) => rule.greaterThan(0).error('Choose a number of hours above zero.'),
    }),
    defineField({
      name: 'timeZone',
      title: 'Time zone',
      type: 'string',
      group: 'newsroom',
      description: 'The newsroom’s, by its IANA name, as in “Europe/Prague”.',
      validation: (rule) => rule.custom(timeZoneExists),
    }),
  ],
  preview: {
    select: {title: 'title', subtitle: 'url', media: 'logo'},
    prepare: ({title, subtitle, media}) => ({title: title || 'Site settings', subtitle, media}),
  },
})
