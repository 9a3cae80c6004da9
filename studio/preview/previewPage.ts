import type {Preview} from '../../queries/preview.ts'
import {storyDocument} from '../../syndication/documents.ts'
import type {StudioSettings} from '../settings.ts'

/** Where the site serves its stylesheet by a name that stays the same between builds. */
const stylesheetHref = '/assets/site.css'

/**
 * The site's page of a previewed story, without scripts or live connection; undefined when there is no story.
 * `siteUrl` is the site's public origin, for addresses that must be whole.
 */
export function previewPage(
  {story, settings, leases}: Preview,
  now: Date,
  {lake, projectId, dataset, siteUrl}: StudioSettings & {siteUrl: string},
): string | undefined {
  if (!story) return undefined
  return storyDocument({
    story,
    settings,
    leases,
    now,
    images: {projectId, dataset, baseUrl: lake === 'embedded' ? '/' : 'https://cdn.sanity.io'},
    siteUrl: settings.url ?? siteUrl,
    siteLanguage: 'en',
    assets: {stylesheetHref},
    live: false,
  })
}
