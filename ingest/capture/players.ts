import {isCaptionLike, sameText} from './captions.ts'
import {fold} from './fold.ts'
import {playerControls, playerWords, shareWords} from './furnitureWords.ts'
import {isGlued, type SourceLine} from './lines.ts'
import {ask, quoted, type Question} from './questions.ts'
import {endsSentence, isHeadingLike, isShort} from './sentences.ts'

/** Whether a line is a control to share, print or comment, with or without a count. */
export function isShareControl(text: string): boolean {
  const folded = fold(text)
  return shareWords.has(folded) || shareWords.has(folded.replace(/\s*\(?\d+\)?$/u, ''))
}

const CLOCKS = /^(?:(?:\d{1,2}:)?\d{1,2}:\d{2}\s*){1,3}$/u
const QUALITY = /^(?:[•*·-]\s*)?(?:\d{3,4}p|\d+ ?kbps)(?:\s*\|.*)?$/iu

/** Who made the video, between its title and the player. */
const PRODUCER = /^by \S{1,20}(?: \S{1,20})?$/iu

function isPlayerCore(text: string): boolean {
  return playerWords.has(fold(text)) || (CLOCKS.test(text) && text.trim().split(/\s+/u).length > 1)
}

function isPlayerPart(text: string): boolean {
  return (
    isPlayerCore(text) || playerControls.has(fold(text)) || CLOCKS.test(text) || QUALITY.test(text)
  )
}

/** A player is a run of its own texts, with the title glued on top of it. */
export function dropPlayers(
  source: readonly SourceLine[],
  dropped: Map<number, string>,
  questions: Question[],
  spaced: boolean,
): void {
  for (let index = 0; index < source.length; index += 1) {
    let end = index
    while (
      end < source.length &&
      (isPlayerPart(source[end]?.text ?? '') ||
        (end > index && isShareControl(source[end]?.text ?? '')))
    )
      end += 1
    const run = source.slice(index, end)
    const first = run[0]
    if (first === undefined) continue
    const credit = source[index - 1]
    if (run.some(({text}) => isPlayerCore(text))) {
      for (const {number} of run) dropped.set(number, 'player')
      const credited =
        credit !== undefined && PRODUCER.test(credit.text) && first.number - credit.number <= 2
      if (credited) dropped.set(credit.number, 'player')
      const title = playerTitle(source, credited ? index - 1 : index, end, spaced, dropped)
      for (const {number} of title) dropped.set(number, 'player')
      const length = run
        .find(({text}) => CLOCKS.test(text))
        ?.text.split(/\s+/u)
        .at(1)
      const name = title.at(-1)?.text
      questions.push(
        ask(
          'player',
          first.number,
          `A player${name === undefined ? '' : ` for ${quoted(name)}`}${length === undefined ? '' : ` (${length})`} stood here. Should the video or sound be in the story?`,
          'It was left out: the capture has no address for it.',
        ),
      )
    } else {
      // Controls without a player: furniture only where a page puts them, two together or beside a dropped line.
      const touching =
        run.length > 1 ||
        [source[index - 1], source[end]].some(
          (line) => line !== undefined && dropped.has(line.number),
        )
      if (touching) for (const {number} of run) dropped.set(number, 'player')
    }
    index = Math.max(index, end - 1)
  }
}

function playerTitle(
  source: readonly SourceLine[],
  start: number,
  end: number,
  spaced: boolean,
  dropped: ReadonlyMap<number, string>,
): SourceLine[] {
  const title = source[start - 1]
  const top = source[start]
  if (title === undefined || top === undefined || dropped.has(title.number)) return []
  const earlier = source.slice(0, start - 1)
  const repeats = earlier.some(
    ({text, number}) => sameText(text, title.text) && number !== title.number - 1,
  )
  const phrase =
    isShort(title.text) && (!endsSentence(title.text) || repeats) && !isCaptionLike(title.text)
  const doubled =
    source[start - 2]?.number === title.number - 1 &&
    sameText(source[start - 2]?.text ?? '', title.text)
  const touches = spaced && isGlued(title, top)
  if (doubled || !phrase || (!touches && !repeats)) return []
  // A programme's name above the last player of the page, with no story text after it.
  const programme = source[start - 2]
  const atEnd = source.slice(end).every(({number}) => dropped.has(number))
  const isProgramme =
    atEnd &&
    programme !== undefined &&
    !dropped.has(programme.number) &&
    start > 4 &&
    isHeadingLike(programme.text) &&
    isShort(programme.text)
  return isProgramme ? [programme, title] : [title]
}
