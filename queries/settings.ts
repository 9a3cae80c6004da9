import {z} from 'zod'

import {maybe} from './answer.ts'

/** What a page needs of the newsroom's settings. A newsroom that has none yet still has a site. */
export const settingsFields = `"settings": *[_id == "siteSettings"][0]{
  title, url, publisher, updateLabelHours, timeZone, "logo": logo.asset->url
}`

const stored = z.object({
  title: maybe(z.string()),
  url: maybe(z.string()),
  publisher: maybe(z.string()),
  logo: maybe(z.string()),
  updateLabelHours: maybe(z.number().positive()),
  timeZone: maybe(z.string()),
})

export const settings = stored.nullish().transform((value) => ({
  title: value?.title ?? 'Dateline',
  url: value?.url,
  publisher: value?.publisher ?? value?.title ?? 'Dateline',
  logo: value?.logo,
  updateLabelHours: value?.updateLabelHours,
  timeZone: knownTimeZone(value?.timeZone),
}))

export type Settings = z.infer<typeof settings>

/** A misspelt zone must not take the site down: times are then given in UTC, and say so. */
function knownTimeZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', {timeZone: timeZone ?? 'UTC'}).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
