import {isCaptionLike, sameText} from './captions.ts'
import {isGlued, type SourceLine} from './lines.ts'
import {listItem} from './opening.ts'
import {ask, quoted, type Question} from './questions.ts'
import {endsSentence, isHeadingLike, isShortQuestion, wordCount} from './sentences.ts'

/** One part of the body, with the source lines it was read from; the first line carries the text. */
export type BodyPart = FigurePart | TextPart

export type FigurePart = {
  kind: 'figure'
  lines: readonly [SourceLine, ...SourceLine[]]
  alt: string
  caption: string
}
export type TextPart = {
  kind: 'heading' | 'subheading' | 'paragraph' | 'item' | 'signature' | 'unplaced'
  lines: readonly [SourceLine]
  text: string
}

const PREFIX_CAPTION_CHARACTERS = 20
const SIGNATURE_WORDS = 5
/** A line under a text that names who else reported, wrote or translated it. */
const reportingCredit =
  /^(?:(?:with|additional|based on)(?: additional)? reporting|(?:written|compiled|edited|translated|produced|adapted) by\b|contributors?:|по материалам\b|за матеріалами\b|con (?:información|reportes) de\b|avec (?:des informations de|afp|reuters)\b)/iu

/**
 * Reads the body: doubled lines are pictures, short lines without a full stop between paragraphs are
 * headings, the rest paragraphs and list items. `last` is the last line of the whole source.
 */
export function readBody(
  lines: readonly SourceLine[],
  given: {captions: ReadonlySet<number>; last: SourceLine; spaced: boolean},
): {parts: BodyPart[]; questions: Question[]} {
  const questions: Question[] = []
  const parts: BodyPart[] = []
  for (let index = 0; index < lines.length;) {
    const part = readPart(lines, index, given, parts, questions)
    parts.push(part)
    index += part.lines.length
  }
  return {parts: settleHeadings(parts, questions), questions}
}

function readPart(
  lines: readonly SourceLine[],
  index: number,
  {captions, last, spaced}: {captions: ReadonlySet<number>; last: SourceLine; spaced: boolean},
  before: readonly BodyPart[],
  questions: Question[],
): BodyPart {
  const [line, next] = lines.slice(index, index + 2)
  if (line === undefined) throw new RangeError('There is no line to read.')
  const {text} = line
  if (next !== undefined && isGlued(line, next)) {
    let end = index + 1
    while (isGlued(lines[end - 1], lines[end]) && sameText(lines[end]?.text ?? '', text)) end += 1
    if (end > index + 1) {
      return {
        kind: 'figure',
        lines: [line, ...lines.slice(index + 1, end)],
        alt: text,
        caption: text,
      }
    }
    // Some pages cut the alt text, or put the credit into the caption only.
    if (
      spaced &&
      text.length >= PREFIX_CAPTION_CHARACTERS &&
      next.text.startsWith(text.replace(/[.…\s]+$/u, ''))
    ) {
      return {kind: 'figure', lines: [line, next], alt: text, caption: next.text}
    }
  }
  if (next?.number === line.number + 2 && wordCount(text) > 2 && sameText(next.text, text)) {
    questions.push(
      ask(
        'caption',
        line.number,
        `${quoted(text)} stands twice, with a blank line between. Is it a caption?`,
        'It is the caption of a picture.',
      ),
    )
    return {kind: 'figure', lines: [line, next], alt: text, caption: text}
  }
  const firstText = !before.some(({kind}) => kind === 'paragraph')
  const alone = captions.has(line.number)
  if (
    alone ||
    (isCaptionLike(text) &&
      line !== last &&
      (firstText || !endsSentence(text) || /[)）]\.?$/u.test(text)))
  ) {
    if (!alone) {
      questions.push(
        ask(
          'caption',
          line.number,
          `${quoted(text)} stands once and reads like a caption. Is it one?`,
          'It is the caption of a picture.',
        ),
      )
    }
    return {kind: 'figure', lines: [line], alt: text, caption: text}
  }
  const item = listItem(text)
  if (item !== undefined) return {kind: 'item', lines: [line], text: item}
  if (line === last && !endsSentence(text)) {
    questions.push(
      ask(
        'truncated',
        line.number,
        `The capture ends in the middle of ${quoted(text)}. How does the story go on?`,
        'The cut-off line is kept as the last paragraph, as it stands.',
      ),
    )
    return {kind: 'paragraph', lines: [line], text}
  }
  if (!/\p{L}/u.test(text)) return {kind: 'unplaced', lines: [line], text}
  if (reportingCredit.test(text)) {
    questions.push(
      ask(
        'byline',
        line.number,
        `${quoted(text)} says who reported. Does it belong to the byline?`,
        'It is a paragraph of its own.',
      ),
    )
    return {kind: 'paragraph', lines: [line], text}
  }
  if (isHeadingLike(text)) return {kind: 'heading', lines: [line], text}
  if (!endsSentence(text) && !/[:：]["”»]?$/u.test(text)) {
    questions.push(
      ask(
        'unfinished',
        line.number,
        `The paragraph ${quoted(text)} ends without a full stop. Is something missing?`,
        'It is a paragraph, as it stands.',
      ),
    )
  }
  return {kind: 'paragraph', lines: [line], text}
}

/** A heading needs a text under it: one without becomes a subheading, a signature or unplaced. */
function settleHeadings(parts: readonly BodyPart[], questions: Question[]): BodyPart[] {
  let settledHeading = false
  return parts.map((part, index): BodyPart => {
    if (part.kind !== 'heading') {
      if (part.kind === 'paragraph' || part.kind === 'item') settledHeading = false
      return part
    }
    const after = parts.slice(index + 1)
    const hasText = after.some(({kind}) => kind === 'paragraph' || kind === 'item')
    if (!hasText) {
      const signs = wordCount(part.text) <= SIGNATURE_WORDS && after.length === 0 && index > 0
      return {...part, kind: signs ? 'signature' : 'unplaced'}
    }
    if (settledHeading) {
      questions.push(
        ask(
          'heading',
          part.lines[0].number,
          `${quoted(part.text)} stands directly under another heading. Is it a heading of its own?`,
          'It is a smaller heading inside the section.',
        ),
      )
      return {...part, kind: 'subheading'}
    }
    settledHeading = true
    if (isShortQuestion(part.text)) {
      questions.push(
        ask(
          'heading',
          part.lines[0].number,
          `${quoted(part.text)} is a short question on a line of its own. Is it a heading?`,
          'It is a heading.',
        ),
      )
    }
    return part
  })
}

/** The parts that carry text of one line. */
export function isTextPart(part: BodyPart): part is TextPart {
  return part.kind !== 'figure'
}
