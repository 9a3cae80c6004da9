import type {z} from 'zod'

import type {block, figureWithCaption, section, textBlock} from '../../editorial/documents.ts'
import {isTextPart, type BodyPart, type FigurePart, type TextPart} from './body.ts'
import {readCaption} from './captions.ts'
import {ask, quoted, type Question} from './questions.ts'
import {strayQuotation} from './quotations.ts'
import type {Fate} from './receipt.ts'

type Figure = z.infer<typeof figureWithCaption>
type Block = z.infer<typeof block>
type Section = z.infer<typeof section>

/** The parts of a story's body in their places. */
export type AssembledBody = {
  leadFigure?: Figure
  lede: Block[]
  sections: Section[]
  signature?: TextPart
  fates: Map<number, Fate>
  questions: Question[]
}

/**
 * Puts the parts into their places: paragraphs before the first heading are the lede, a figure
 * before them is the lead figure, a figure directly before or after a heading opens that section.
 */
export function assembleBody(
  parts: readonly BodyPart[],
  newKey: (content: string) => string,
): AssembledBody {
  const body: AssembledBody = {lede: [], sections: [], fates: new Map(), questions: []}
  for (const [index, part] of parts.entries()) {
    const open = body.sections.at(-1)
    const blocks = open?.body ?? body.lede
    const path = open === undefined ? 'lede' : `sections[${body.sections.length - 1}].body`
    if (isTextPart(part)) {
      const [line] = part.lines
      if (part.kind === 'unplaced') continue
      if (part.kind === 'signature') {
        body.signature = part
        continue
      }
      askAboutMarks(part, body.questions)
      if (part.kind === 'heading') {
        body.sections.push({
          _type: 'section',
          _key: newKey(`section ${part.text}`),
          heading: part.text,
          body: [],
        })
        body.fates.set(line.number, {
          fate: 'kept',
          path: `sections[${body.sections.length - 1}].heading`,
        })
        const before = parts[index - 1]
        if (before?.kind === 'figure' && isWaiting(before, body))
          placeSectionFigure(before, body, newKey)
        continue
      }
      blocks.push(textBlockOf(part, newKey))
      body.fates.set(line.number, {fate: 'kept', path: `${path}[${blocks.length - 1}]`})
      continue
    }
    const next = parts[index + 1]
    const nothingYet = open === undefined && body.lede.length === 0
    if (nothingYet && body.leadFigure === undefined) {
      body.leadFigure = figureOf(part, body.questions)
      keepFigure(part, 'leadFigure', body.fates)
    } else if (next?.kind === 'heading') {
      continue
    } else if (open !== undefined && open.figure === undefined && blocks.length === 0) {
      placeSectionFigure(part, body, newKey)
    } else {
      blocks.push({...figureOf(part, body.questions), _key: newKey(`figure ${part.caption}`)})
      keepFigure(part, `${path}[${blocks.length - 1}]`, body.fates)
    }
  }
  return body
}

/** A figure that was passed over because a heading follows it. */
function isWaiting(part: BodyPart, body: AssembledBody): boolean {
  return !body.fates.has(part.lines[0].number)
}

function placeSectionFigure(
  part: FigurePart,
  body: AssembledBody,
  newKey: (content: string) => string,
): void {
  const open = body.sections.at(-1)
  if (open === undefined) return
  const path = `sections[${body.sections.length - 1}]`
  if (open.figure === undefined) {
    open.figure = figureOf(part, body.questions)
    keepFigure(part, `${path}.figure`, body.fates)
    return
  }
  open.body?.push({...figureOf(part, body.questions), _key: newKey(`figure ${part.caption}`)})
  keepFigure(part, `${path}.body[${(open.body?.length ?? 1) - 1}]`, body.fates)
}

function keepFigure(part: FigurePart, path: string, fates: Map<number, Fate>): void {
  const [first, ...others] = part.lines
  if (part.alt !== part.caption && others[0] !== undefined) {
    fates.set(first.number, {fate: 'kept', path: `${path}.alt`})
    fates.set(others[0].number, {fate: 'kept', path: `${path}.caption`})
    return
  }
  fates.set(first.number, {fate: 'kept', path: `${path}.caption`})
  for (const {number} of others) fates.set(number, {fate: 'merged', into: first.number})
}

function figureOf(part: FigurePart, questions: Question[]): Figure {
  const [line] = part.lines
  questions.push(
    ask(
      'alt',
      line.number,
      `What does the picture ${quoted(part.caption)} show? Describe it for someone who cannot see it.`,
      'The alternative text is the caption.',
    ),
  )
  return {
    _type: 'figureWithCaption',
    alt: part.alt,
    caption: part.caption,
    ...readCaption(part.caption),
  }
}

function textBlockOf(
  part: TextPart,
  newKey: (content: string) => string,
): z.infer<typeof textBlock> {
  const key = newKey(part.text)
  return {
    _type: 'block',
    _key: key,
    style: part.kind === 'subheading' ? 'h3' : 'normal',
    ...(part.kind === 'item' ? {listItem: 'bullet', level: 1} : {}),
    markDefs: [],
    children: [{_type: 'span', _key: `${key}0`, text: part.text, marks: []}],
  }
}

function askAboutMarks(part: TextPart, questions: Question[]): void {
  const stray = strayQuotation(part.text)
  if (stray === undefined) return
  questions.push(
    ask(
      'quotation',
      part.lines[0].number,
      `${stray} Which marks belong in ${quoted(part.text)}?`,
      'They are kept as they stand.',
    ),
  )
}
