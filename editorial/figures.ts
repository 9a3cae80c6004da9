import {figureWithCaption, type Article} from './documents.ts'
import type {z} from 'zod'

type Figure = z.infer<typeof figureWithCaption>

/** The pictures of a story wherever they stand, in reading order; one without an image is one too. */
export function figuresOf({leadFigure, lede = [], sections = []}: Article): Figure[] {
  const within = (blocks: readonly {_type: string}[]) =>
    blocks.flatMap((block) => figureWithCaption.safeParse(block).data ?? [])
  return [
    ...(leadFigure ? [leadFigure] : []),
    ...within(lede),
    ...sections.flatMap(({figure, body = []}) => [...(figure ? [figure] : []), ...within(body)]),
  ]
}

/** The pictures whose image is missing: readers see a frame that says so. */
export function missingPictures(article: Article): Figure[] {
  return figuresOf(article).filter(({image}) => image?.asset === undefined)
}
