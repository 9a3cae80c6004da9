import {fold} from './fold.ts'
import {breakpointNames, otherStories, promoWords} from './furnitureWords.ts'
import {dropBioBox} from './bioBox.ts'
import {dropPlayers, isShareControl} from './players.ts'
import {isDateBar} from './dates.ts'
import {isGlued, type SourceLine} from './lines.ts'
import {skipLinkLanguage} from './pageWords.ts'
import {ask, quoted, type Question} from './questions.ts'
import {endsSentence, isHeadingLike} from './sentences.ts'

/** A capture without its page furniture. */
export type Cleared = {
  lines: SourceLine[]
  /** Line numbers to the names of the rules that dropped them. */
  dropped: Map<number, string>
  questions: Question[]
  /** The language of the page's skip link, when it has a known one. */
  pageLanguage: string | undefined
  /** Whether blank lines separate blocks; in a capture without them, lines that touch mean nothing. */
  spaced: boolean
}

/** The rules by which lines are page furniture, each named as the receipt names it, in the order they are tried. */
const lineRules: readonly {rule: string; holds: (line: SourceLine) => boolean}[] = [
  {rule: 'separator', holds: ({text}) => !/[\p{L}\p{N}]/u.test(text)},
  {rule: 'share-and-print', holds: ({text}) => isShareControl(text)},
  {rule: 'breakpoints', holds: ({text}) => text.split(/\s+/u).length > 1 && isBreakpoints(text)},
  {rule: 'gallery-counter', holds: ({text}) => /^\d{1,3}\s*(?:\/|of|из|з)\s*\d{1,3}$/u.test(text)},
  {rule: 'date-bar', holds: ({text}) => isDateBar(text)},
  {rule: 'image-address', holds: ({text}) => /^(?:https?:\/\/|\/\/)\S+$/u.test(text)},
  {
    rule: 'image-address',
    holds: ({text}) => /^\S+\.(?:jpe?g|png|gif|webp|svg|avif)(?:\?\S*)?$/iu.test(text),
  },
]

/** Takes the page furniture out of a capture, whatever language it speaks. */
export function dropFurniture(source: readonly SourceLine[]): Cleared {
  const dropped = new Map<number, string>()
  const questions: Question[] = []
  const spaced =
    source.filter((line, index) => isGlued(source[index - 1], line)).length < source.length * 0.6
  let pageLanguage: string | undefined
  const opening = source.slice(0, 3)
  for (const [index, line] of opening.entries()) {
    const language = skipLinkLanguage(line.text, index === 0)
    if (language === undefined) continue
    dropped.set(line.number, 'skip-link')
    if (language !== 'unknown') pageLanguage ??= language
  }
  for (const line of source) {
    const rule = lineRules.find(({holds}) => holds(line))
    if (rule !== undefined && !dropped.has(line.number)) dropped.set(line.number, rule.rule)
  }
  const last = source.at(-1)
  for (const line of source) {
    if (
      dropped.get(line.number) !== 'image-address' ||
      /\.(?:jpe?g|png|gif|webp|svg|avif)\b/iu.test(line.text)
    )
      continue
    questions.push(
      ask(
        'address',
        line.number,
        `Line ${line.number} is only an address, ${quoted(line.text)}${line === last ? ', and the capture ends there' : ''}. Does something belong in its place?`,
        'It is the address of a picture or a spacer of the page, and was left out.',
      ),
    )
  }
  dropBreakpoints(source, dropped)
  dropPlayers(source, dropped, questions, spaced)
  dropBioBox(source, dropped, questions)
  dropPromos(source, dropped, questions, spaced)
  dropOtherStories(source, dropped, questions)
  return {
    lines: source.filter(({number}) => !dropped.has(number)),
    dropped,
    questions,
    pageLanguage,
    spaced,
  }
}

function isBreakpoints(text: string): boolean {
  return text.split(/\s+/u).every((word) => breakpointNames.has(word))
}

/** "XS", "SM", "MD", "LG": two or more in a row, or one at the very end. */
function dropBreakpoints(source: readonly SourceLine[], dropped: Map<number, string>): void {
  for (const [index, line] of source.entries()) {
    if (!isBreakpoints(line.text)) continue
    const besideAnother = [source[index - 1], source[index + 1]].some(
      (other) => other !== undefined && isBreakpoints(other.text),
    )
    if (besideAnother || index === source.length - 1) dropped.set(line.number, 'breakpoints')
  }
}

/** Links to other stories: "READ MORE", "See also: …", and the title directly under such a mark. */
function dropPromos(
  source: readonly SourceLine[],
  dropped: Map<number, string>,
  questions: Question[],
  spaced: boolean,
): void {
  for (const [index, line] of source.entries()) {
    if (index < 2 || dropped.has(line.number)) continue
    const [, lead, title] = /^(.{2,40}?)\s*[:：]\s*(.*)$/u.exec(line.text) ?? []
    const alone = promoWords.has(fold(line.text))
    const led = lead !== undefined && promoWords.has(fold(lead))
    if (!alone && !led) continue
    dropped.set(line.number, 'promo')
    const parts = [line]
    const next = source[index + 1]
    const after = source[index + 2]
    const opensTitle =
      (spaced && isGlued(line, next)) || (/[:：]$/u.test(line.text) && after !== undefined)
    if (
      next !== undefined &&
      !dropped.has(next.number) &&
      (title === undefined || title === '') &&
      opensTitle &&
      isHeadingLike(next.text)
    ) {
      dropped.set(next.number, 'promo')
      parts.push(next)
    }
    questions.push(
      ask(
        'promo',
        line.number,
        `${parts.map(({text}) => quoted(text)).join(' ')} reads like a link to another story. Is it one?`,
        'It was left out, and made no heading.',
      ),
    )
  }
}

/** What follows "All Of The Latest News" and its like is other stories. */
function dropOtherStories(
  source: readonly SourceLine[],
  dropped: Map<number, string>,
  questions: Question[],
): void {
  const start = source.findIndex(({text}, index) => {
    if (!otherStories.has(fold(text))) return false
    return (
      source.slice(0, index).filter((line) => !dropped.has(line.number) && endsSentence(line.text))
        .length >= 2
    )
  })
  const mark = source[start]
  if (mark === undefined) return
  const rest = source.slice(start).filter(({number}) => !dropped.has(number))
  for (const {number} of rest) dropped.set(number, 'other-stories')
  if (rest.length > 1) {
    questions.push(
      ask(
        'other-stories',
        mark.number,
        `From ${quoted(mark.text)} on, ${rest.length - 1} lines look like other stories. Do any of them belong to this one?`,
        'They were left out.',
      ),
    )
  }
}
