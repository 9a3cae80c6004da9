/** A paragraph of Portable Text. */
export function paragraph(key: string, text: string) {
  return {
    _type: 'block' as const,
    _key: key,
    style: 'normal',
    markDefs: [],
    children: [{_type: 'span' as const, _key: `${key}-0`, text, marks: []}],
  }
}

/** A story that nobody has anything to say against. */
export function soundStory(fields: {[field: string]: unknown} = {}) {
  return {
    _id: 'drafts.kerry',
    _type: 'article',
    headline: 'Kerry in Moscow to push for political transition in Syria',
    slug: {_type: 'slug', current: 'kerry-in-moscow'},
    lede: [paragraph('p1', 'US Secretary of State John Kerry has arrived in Moscow.')],
    language: 'en',
    byline: 'RFE/RL',
    ...fields,
  }
}
