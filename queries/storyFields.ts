import {z} from 'zod'

import {list, maybe} from './answer.ts'

const imageFields = `{
  hotspot, crop,
  asset->{
    _id, "width": metadata.dimensions.width, "height": metadata.dimensions.height,
    "lqip": metadata.lqip, "background": metadata.palette.dominant.background
  }
}`

const figureFields = `{
  _key, _type, alt, caption, credit, takenAt, place, filePhoto, image${imageFields}
}`

const bodyFields = `{
  ...,
  _type == "block" => {markDefs[]{..., "storySlug": reference->slug.current}},
  _type == "figureWithCaption" => {image${imageFields}}
}`

const crop = z.object({left: z.number(), right: z.number(), top: z.number(), bottom: z.number()})
const hotspot = z.object({x: z.number(), y: z.number(), width: z.number(), height: z.number()})

const picture = z.object({
  // An upload in flight can leave these half written; the whole picture is shown then.
  crop: maybe(crop.optional().catch(undefined)),
  hotspot: maybe(hotspot.optional().catch(undefined)),
  asset: maybe(
    z.object({
      _id: z.string(),
      width: maybe(z.number().positive()),
      height: maybe(z.number().positive()),
      lqip: maybe(z.string()),
      background: maybe(z.string()),
    }),
  ),
})
/** A picture with what its place on the page needs before it is loaded: size, blurred version, colour. */
export type Picture = z.infer<typeof picture>

export const figure = z.object({
  alt: maybe(z.string()),
  caption: maybe(z.string()),
  credit: maybe(z.string()),
  takenAt: maybe(z.string()),
  place: maybe(z.string()),
  filePhoto: maybe(z.boolean()),
  image: maybe(picture),
})
export type Figure = z.infer<typeof figure>

/** A block of Portable Text: text, or one of the block types figureWithCaption, pullQuote and embed. */
const body = list(z.looseObject({_type: z.string()}))
export type Body = z.infer<typeof body>

const updates = list(z.object({number: z.number(), at: z.string(), note: maybe(z.string())}))
const corrections = list(
  z.object({
    kind: z.enum(['correction', 'clarification']),
    at: z.string(),
    text: maybe(z.string()),
  }),
)

/** What a story's label depends on: the fields of `LabelledArticle`, and the times that stand beside it. */
const labelFields = `
  _id, "slug": slug.current, headline, shortHeadline, standfirst, language,
  "topicTitle": topics[0]->title,
  update, updates[]{number, at, note}, corrections[]{kind, at, text}, killed,
  firstPublishedAt, lastUpdatedAt`

const labelModel = {
  _id: z.string(),
  slug: maybe(z.string()),
  headline: maybe(z.string()),
  shortHeadline: maybe(z.string()),
  standfirst: maybe(z.string()),
  language: maybe(z.string()),
  topicTitle: maybe(z.string()),
  update: maybe(z.boolean()),
  updates,
  corrections,
  killed: maybe(z.object({at: z.string(), notice: maybe(z.string())})),
  firstPublishedAt: maybe(z.string()),
  lastUpdatedAt: maybe(z.string()),
}

/** A story as lists show it; `opening` is its first paragraph as plain text. */
export const cardFields = `{${labelFields}, leadFigure${figureFields}, "opening": pt::text(lede[0...1])}`
export const card = z.object({
  ...labelModel,
  leadFigure: maybe(figure),
  opening: maybe(z.string()),
})
export type Card = z.infer<typeof card>

/** A story as its own page shows it. */
export const storyFields = `{${labelFields},
  authors[]->{name, "slug": slug.current, role}, byline, dateline{place, date},
  leadFigure${figureFields},
  lede[]${bodyFields},
  sections[]{_key, heading, figure${figureFields}, body[]${bodyFields}},
  topics[]->{title, "slug": slug.current},
  related[]->${cardFields},
  source{publisher, url}
}`

export const story = z.object({
  ...labelModel,
  authors: list(
    z.object({name: maybe(z.string()), slug: maybe(z.string()), role: maybe(z.string())}),
  ),
  byline: maybe(z.string()),
  dateline: maybe(z.object({place: maybe(z.string()), date: maybe(z.string())})),
  leadFigure: maybe(figure),
  lede: body,
  sections: list(
    z.object({
      _key: maybe(z.string()),
      heading: maybe(z.string()),
      figure: maybe(figure),
      body,
    }),
  ),
  topics: list(z.object({title: maybe(z.string()), slug: maybe(z.string())})),
  related: list(card).transform((cards) => cards.filter(isReadable)),
  source: maybe(z.object({publisher: maybe(z.string()), url: maybe(z.string())})),
})
export type Story = z.infer<typeof story>

/** Whether a link to a story leads to its text: it has an address and was not killed. */
function isReadable({slug, killed}: Card): boolean {
  return slug !== undefined && killed === undefined
}
