import {IngestError} from '../ingestError.ts'
import {isCaptionLike, sameText} from './captions.ts'
import {fold} from './fold.ts'
import type {Cleared} from './furniture.ts'
import {isGlued, type SourceLine} from './lines.ts'
import {breakingLabels, likelyLabels, pageTitles, sectionNames, updateFlags} from './pageWords.ts'
import {ask, quoted, type Question} from './questions.ts'
import type {Fate} from './receipt.ts'
import {endsSentence, holdsSentences, isHeadingLike, isShort, wordCount} from './sentences.ts'

/** What stands above the body. */
export type Opening = {
  label?: SourceLine
  headline: SourceLine
  update?: SourceLine
  byline?: readonly SourceLine[]
  standfirst?: SourceLine
  /** Lines left for the body, pictures that stood above the headline first. */
  rest: SourceLine[]
  /** Numbers of the lines that are a caption though they stand once and end without a full stop. */
  captions: Set<number>
  fates: Map<number, Fate>
  questions: Question[]
}

const HEADLINE_CHARACTERS = 220
const BULLET = /^[•●▪◦*·‣–-]\s+/u
const BY =
  /^(?:by|von|por|par|autor|autora|autor:|автор|автори|авторы|від|от|yazan|müəllif|oleh|di)\s*:?\s+(?=\p{Lu})/iu

/** Reads labels, headline, update flag, byline and standfirst. Throws `IngestError` when no line can be the headline. */
export function readOpening(cleared: Cleared): Opening {
  const {lines} = cleared
  const fates = new Map<number, Fate>()
  const questions: Question[] = []
  const captions = new Set<number>()
  const above = readAbove(cleared, fates, questions)
  const headline = lines[above.next]
  if (headline === undefined) throw noHeadline('Only labels and page furniture are left of it.')
  if (isRunningText(headline.text)) {
    throw noHeadline(`The first line of text, line ${headline.number}, is a paragraph.`)
  }
  const opening: Opening = {
    ...(above.label === undefined ? {} : {label: above.label}),
    ...(above.update === undefined ? {} : {update: above.update}),
    headline,
    rest: [],
    captions,
    fates,
    questions,
  }
  let next = above.next + 1
  for (; next < lines.length; next += 1) {
    const line = lines[next]
    if (line === undefined || !takeUnderHeadline(opening, line, lines, next, cleared.spaced)) break
  }
  opening.rest = [...above.figures, ...lines.slice(next)]
  return opening
}

function noHeadline(reason: string): IngestError {
  return new IngestError(
    'no-headline',
    `The capture has no headline. ${reason} Write the headline on a line of its own above the text.`,
  )
}

function isRunningText(text: string): boolean {
  const length = [...text].length
  return (
    length > HEADLINE_CHARACTERS || (length > 100 && endsSentence(text) && holdsSentences(text))
  )
}

type Above = {next: number; label?: SourceLine; update?: SourceLine; figures: SourceLine[]}

/** Labels, section names, page titles, flags and pictures that stand above the headline. */
function readAbove(
  {lines, spaced}: Cleared,
  fates: Map<number, Fate>,
  questions: Question[],
): Above {
  const above: Above = {next: 0, figures: []}
  for (; above.next < lines.length - 1; above.next += 1) {
    const line = lines[above.next]
    const following = lines[above.next + 1]
    if (line === undefined || following === undefined) break
    const words = fold(line.text)
    if (breakingLabels.has(words) || likelyLabels.has(words)) {
      if (above.label !== undefined) {
        fates.set(line.number, {fate: 'merged', into: above.label.number})
      } else {
        above.label = line
        if (likelyLabels.has(words) && !breakingLabels.has(words)) {
          questions.push(
            ask(
              'label',
              line.number,
              `Is ${quoted(line.text)} the page's breaking label, or the name of a section?`,
              'It is taken as the label, and kept with the source only; readers never see it.',
            ),
          )
        }
      }
    } else if (updateFlags.has(words)) {
      above.update = line
      questions.push(
        ask(
          'update',
          line.number,
          `${quoted(line.text)} stands above the headline. Does it say that this story was updated?`,
          'The update flag is set.',
        ),
      )
    } else if (pageTitles.has(words)) {
      fates.set(line.number, {fate: 'dropped', rule: 'page-title'})
      questions.push(
        ask(
          'headline',
          line.number,
          `${quoted(line.text)} reads like the title of a page that lists stories. Is it, or ${quoted(following.text)}, the headline?`,
          `${quoted(following.text)} is the headline.`,
        ),
      )
    } else if (sectionNames.has(words)) {
      fates.set(line.number, {fate: 'dropped', rule: 'section-name'})
      questions.push(
        ask(
          'section-label',
          line.number,
          `The page stood in the section ${quoted(line.text)}. Which topic is that here?`,
          'The story has no topic yet.',
        ),
      )
    } else if (isPicture(lines, above.next) && hasHeadlineAfterPicture(lines, above.next)) {
      const size = lines.slice(above.next).findIndex(({text}) => !sameText(text, line.text))
      const figure = lines.slice(above.next, above.next + size)
      above.figures.push(...figure)
      above.next += size - 1
      questions.push(
        ask(
          'headline',
          line.number,
          'A picture stands above the first line of text. Is that line the headline?',
          `${quoted(lines[above.next + 1]?.text ?? '')} is the headline.`,
        ),
      )
    } else if (isUnknownLabel(lines, above, spaced)) {
      above.label = line
      questions.push(
        ask(
          'label',
          line.number,
          `Is ${quoted(line.text)} a label above the headline, or the headline itself?`,
          `It is a label, kept with the source only; the headline is ${quoted(following.text)}.`,
        ),
      )
    } else {
      break
    }
  }
  return above
}

function isPicture(lines: readonly SourceLine[], index: number): boolean {
  const [line, following] = lines.slice(index, index + 2)
  return (
    line !== undefined &&
    following !== undefined &&
    isGlued(line, following) &&
    sameText(line.text, following.text)
  )
}

function hasHeadlineAfterPicture(lines: readonly SourceLine[], index: number): boolean {
  const caption = lines[index]?.text ?? ''
  const after = lines.slice(index).find(({text}) => !sameText(text, caption))
  return (
    after !== undefined &&
    isHeadingLike(after.text) &&
    (endsSentence(caption) || isCaptionLike(caption))
  )
}

/** A label in words we do not know: two or three words, then a longer line that can be a headline, then a text. */
function isUnknownLabel(lines: readonly SourceLine[], above: Above, spaced: boolean): boolean {
  const [line, following, third] = lines.slice(above.next, above.next + 3)
  if (
    above.label !== undefined ||
    !spaced ||
    line === undefined ||
    following === undefined ||
    third === undefined
  )
    return false
  const brief =
    wordCount(line.text) <= 3 &&
    [...line.text].length <= 30 &&
    isHeadingLike(line.text) &&
    !/[\d"“«‘']/u.test(line.text)
  const headline =
    !BULLET.test(following.text) &&
    isShort(following.text) &&
    !isRunningText(following.text) &&
    (wordCount(following.text) >= 4 || [...following.text].length >= 12) &&
    [...following.text].length > [...line.text].length * 1.5 &&
    !/[.。۔։]$/u.test(following.text)
  // Under a headline of two or three words the page leaves two blank lines; under a label one.
  const close = following.number - line.number <= 2
  const text =
    !isHeadingLike(third.text) ||
    updateFlags.has(fold(third.text)) ||
    isPicture(lines, above.next + 2) ||
    third.number - following.number > 2
  return brief && headline && close && text && !isPicture(lines, above.next + 1)
}

/** Takes one line under the headline when it is a flag, a byline, a standfirst or a lone caption; says whether it did. */
function takeUnderHeadline(
  opening: Opening,
  line: SourceLine,
  lines: readonly SourceLine[],
  index: number,
  spaced: boolean,
): boolean {
  const {headline, fates, questions} = opening
  const following = lines[index + 1]
  const words = fold(line.text)
  if (updateFlags.has(words)) {
    if (opening.update === undefined) opening.update = line
    else fates.set(line.number, {fate: 'merged', into: opening.update.number})
    return true
  }
  if (sameText(line.text, headline.text)) {
    fates.set(line.number, {fate: 'merged', into: headline.number})
    return true
  }
  if (sectionNames.has(words) && opening.standfirst === undefined && following !== undefined) {
    fates.set(line.number, {fate: 'dropped', rule: 'section-name'})
    questions.push(
      ask(
        'section-label',
        line.number,
        `The page stood in the section ${quoted(line.text)}. Which topic is that here?`,
        'The story has no topic yet.',
      ),
    )
    return true
  }
  const bullet = BULLET.test(line.text) && isShort(line.text) && !endsSentence(line.text)
  if (bullet || (BY.test(line.text) && wordCount(line.text) <= 8 && !endsSentence(line.text))) {
    opening.byline = [...(opening.byline ?? []), line]
    return true
  }
  if (
    isPicture(lines, index) ||
    isCaptionLike(line.text) ||
    !isHeadingLike(line.text) ||
    following === undefined
  )
    return false
  if (opening.standfirst !== undefined) return false
  if (
    isNameInText(line, lines.slice(index + 1)) ||
    (spaced && isOnParagraph(lines, index) && !headsBlocks(lines, index + 1))
  ) {
    opening.captions.add(line.number)
    questions.push(
      ask(
        'caption',
        line.number,
        `${quoted(line.text)} stands alone above the text. Is it the caption of a picture, a heading or the author?`,
        'It is the caption of the lead picture.',
      ),
    )
    return false
  }
  if (spaced && isOnParagraph(lines, index)) return false
  opening.standfirst = line
  questions.push(
    ask(
      'standfirst',
      line.number,
      `${quoted(line.text)} stands under the headline without a full stop. Is it the standfirst, or a heading?`,
      'It is the standfirst.',
    ),
  )
  return true
}

/** Whether a line stands directly on a paragraph, as captions do, and headings on pages that set them so. */
function isOnParagraph(lines: readonly SourceLine[], index: number): boolean {
  const [line, following] = lines.slice(index, index + 2)
  return (
    line !== undefined &&
    following !== undefined &&
    isGlued(line, following) &&
    isHeadingLike(line.text) &&
    endsSentence(following.text) &&
    !isHeadingLike(following.text)
  )
}

/** Whether a page sets its headings directly on their paragraphs: another line further down does. */
function headsBlocks(lines: readonly SourceLine[], from: number): boolean {
  return lines.some(
    (line, index) =>
      index > from &&
      !isGlued(lines[index - 1], line) &&
      (isOnParagraph(lines, index) ||
        (isHeadingLike(line.text) &&
          index === lines.length - 2 &&
          isGlued(line, lines[index + 1]))),
  )
}

/** A line of up to four words, such as a name, that the first paragraphs use: what a portrait's caption does. */
function isNameInText(line: SourceLine, after: readonly SourceLine[]): boolean {
  if (wordCount(line.text) > 4) return false
  const name = fold(line.text)
  return after.slice(0, 12).some(({text}) => endsSentence(text) && fold(text).includes(name))
}

/** A byline line without its bullet or "By". */
export function bylineName(text: string): string {
  return text.replace(BULLET, '').replace(BY, '').trim()
}

/** A line of a list without its bullet; undefined when it has none. */
export function listItem(text: string): string | undefined {
  return BULLET.test(text) && !/^[–-]/u.test(text) ? text.replace(BULLET, '') : undefined
}
