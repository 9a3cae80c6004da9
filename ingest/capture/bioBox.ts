import {fold} from './fold.ts'
import {bioMarks} from './furnitureWords.ts'
import type {SourceLine} from './lines.ts'
import {ask, quoted, type Question} from './questions.ts'
import {isHeadingLike, wordCount} from './sentences.ts'

/**
 * The box about the author. Either a mark such as "16x9 Image" opens it, and what is set in belongs to
 * it, or a name and lines that begin with that name; or, without a mark, the page ends in such a name
 * and lines, and the name is the byline's or is said to be somebody.
 */
export function dropBioBox(
  source: readonly SourceLine[],
  dropped: Map<number, string>,
  questions: Question[],
): void {
  const box = markedBox(source, dropped) ?? boxAtEnd(source, dropped)
  if (box === undefined) return
  for (const {number} of box.lines) dropped.set(number, 'bio-box')
  if (box.name === undefined || !isHeadingLike(plain(box.name))) return
  questions.push(
    ask(
      'byline',
      box.name.number,
      `The box about the author at the end names ${quoted(plain(box.name))}. Is that the author?`,
      'The box was left out and the story has no byline from it.',
    ),
  )
}

type Box = {lines: readonly SourceLine[]; name: SourceLine | undefined}

function markedBox(
  source: readonly SourceLine[],
  dropped: ReadonlyMap<number, string>,
): Box | undefined {
  const start = source.findIndex(
    ({text}, index) =>
      index > 1 && bioMarks.has(fold(text)) && (/^[•*·-]/u.test(text) || /\d+x\d+/iu.test(text)),
  )
  const mark = source[start]
  if (mark === undefined) return undefined
  const name = source[start + 1]
  const inside = source.slice(start + 1).filter((line, index) => {
    if (name === undefined || dropped.has(line.number)) return false
    return mark.indented ? line.indented : index === 0 || line.text.startsWith(name.text)
  })
  return {lines: [mark, ...inside], name: inside[0] === name ? name : undefined}
}

const SAID_TO_BE = /^ (?:is|was|has|covers|reports|writes|joined|works)\b/u

function boxAtEnd(
  source: readonly SourceLine[],
  dropped: ReadonlyMap<number, string>,
): Box | undefined {
  const left = source.filter(({number}) => !dropped.has(number))
  const start = left.findLastIndex((line, index) => {
    const about = left[index + 1]?.text
    const name = plain(line)
    return (
      index > 3 &&
      about?.startsWith(`${name} `) === true &&
      wordCount(name) >= 2 &&
      wordCount(name) <= 4
    )
  })
  const [name, about, ...rest] = left.slice(Math.max(start, 0))
  if (start === -1 || name === undefined || about === undefined || rest.length > 1) return undefined
  const named = left.slice(0, 6).some(({text}) => fold(text) === fold(name.text))
  const described = SAID_TO_BE.test(about.text.slice(plain(name).length))
  if (!named && !described) return undefined
  return {
    lines: [name, about, ...rest.filter(({indented}) => indented)],
    name: named ? undefined : name,
  }
}

function plain({text}: SourceLine): string {
  return text.replace(/^[•*·-]\s*/u, '')
}
