import type {Banner} from '../../queries/breaking.ts'
import type {Preview} from '../../queries/preview.ts'
import {settings as settingsModel} from '../../queries/settings.ts'
import type {Story} from '../../queries/storyFields.ts'
import {
  bannerDocument,
  noticeDocument,
  storyChangesDocument,
  storyDocument,
  type DocumentOptions,
} from '../../syndication/documents.ts'
import type {StudioSettings} from '../settings.ts'

/** Where the site serves its stylesheet by a name that stays the same between builds. */
const stylesheetHref = '/assets/site.css'

/** The language of the site's own pages (BCP 47), and of stories that name none. */
export const siteLanguage = 'en'

/** `siteUrl` is the site's public origin, for addresses that must be whole. */
type PreviewSettings = StudioSettings & {siteUrl: string}

/** The site's page of a previewed story, without scripts or live connection; undefined when there is no story. */
export function previewPage(
  preview: Preview,
  now: Date,
  studio: PreviewSettings,
): string | undefined {
  const {story} = preview
  return story && storyDocument({...optionsFor(preview, now, studio), story})
}

/** What readers would see around a story's words after a change to it: label, times, corrections, updates. */
export function changesPage(
  preview: Preview,
  changed: Partial<Story>,
  now: Date,
  studio: PreviewSettings,
): string | undefined {
  const {story} = preview
  return (
    story &&
    storyChangesDocument({...optionsFor(preview, now, studio), story: {...story, ...changed}})
  )
}

/** The page that stands at the address of a killed story. Its leases are withdrawn, so no banner stands on it. */
export function noticePage(
  preview: Preview,
  now: Date,
  sentence: string,
  studio: PreviewSettings,
): string {
  const leases = preview.leases.filter(({article}) => article?._ref !== preview.story?._id)
  return noticeDocument({
    ...optionsFor({...preview, leases}, now, studio),
    notice: 'gone',
    sentence,
    language: preview.story?.language,
  })
}

/** A banner as it stands on pages in `language` (BCP 47; the site's when undefined) at the moment it goes up. */
export function bannerPage(
  banner: Banner,
  {language, timeZone}: {language: string | undefined; timeZone: string},
  studio: PreviewSettings,
): string {
  const around = {settings: settingsModel.parse({timeZone}), leases: []}
  return bannerDocument({
    ...optionsFor(around, new Date(banner.startsAt), studio),
    banner,
    language,
  })
}

function optionsFor(
  {settings, leases}: Pick<Preview, 'settings' | 'leases'>,
  now: Date,
  {lake, projectId, dataset, siteUrl}: PreviewSettings,
): DocumentOptions {
  return {
    settings,
    leases,
    now,
    images: {projectId, dataset, baseUrl: lake === 'embedded' ? '/' : 'https://cdn.sanity.io'},
    siteUrl: settings.url ?? siteUrl,
    siteLanguage,
    assets: {stylesheetHref},
    live: false,
  }
}
