/** The documents that the site's tests publish. Times are given as minutes before noon of the test's day. */
export const noon = '2026-11-24T12:00:00.000Z'

export function minutesAgo(minutes: number, from = noon): string {
  return new Date(Date.parse(from) - minutes * 60_000).toISOString()
}

export function settingsDocument(fields: object = {}) {
  return {
    _id: 'siteSettings',
    _type: 'siteSettings',
    title: 'The Harbour Post',
    publisher: 'Harbour Media',
    breakingMinutes: 30,
    updateLabelHours: 24,
    timeZone: 'Europe/Moscow',
    ...fields,
  }
}

export function articleDocument(id: string, fields: object = {}) {
  return {
    _id: id,
    _type: 'article',
    headline: `Headline of ${id}`,
    slug: {_type: 'slug', current: id},
    language: 'en',
    lede: paragraphs(`The lede of ${id}.`),
    firstPublishedAt: minutesAgo(180),
    ...fields,
  }
}

export function leaseDocument(id: string, fields: object = {}) {
  return {
    _id: id,
    _type: 'breakingNews',
    headline: `News of ${id}`,
    level: 'breaking',
    startsAt: minutesAgo(5),
    until: minutesAgo(-25),
    ...fields,
  }
}

export function weakReference(id: string) {
  return {_type: 'reference', _ref: id, _weak: true}
}

export function paragraphs(...texts: readonly string[]) {
  return texts.map((text, index) => ({
    _type: 'block',
    _key: `p${index}`,
    style: 'normal',
    markDefs: [],
    children: [{_type: 'span', _key: `s${index}`, text, marks: []}],
  }))
}
