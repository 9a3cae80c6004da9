/** The marks that end a sentence, in the scripts that news is written in. */
const SENTENCE_END = '.!?…。！？｡؟۔։។။።།॥।'
const CLOSING = '"\'”’»›“)\\]』」）*'
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u

const ends = new RegExp(`[${SENTENCE_END}][${CLOSING}\\s]*$`, 'u')
// Georgian has capitals in Unicode but not in print, so its letters say nothing about a beginning.
const startsSmall = /^(?!\p{Script=Georgian})\p{Ll}/u
const asks = new RegExp(`[?!？！؟][${CLOSING}\\s]*$`, 'u')
// A word of four letters or more before the mark, so that "U.S. calls" and "Mr. Crane" are one sentence.
const innerBreak = new RegExp(
  `(?:\\p{L}{4,}[${CLOSING}]*[.!?…؟۔։।][${CLOSING}]*\\s+[“"«‘„]?[\\p{Lu}\\p{Lo}\\p{Script=Georgian}])|[。！？][${CLOSING}]*[^${CLOSING}\\s]`,
  'u',
)

const HEADING = {words: 16, characters: 120, unspacedCharacters: 40} as const
const QUESTION_HEADING_WORDS = 8

/** Whether a line ends as a sentence does, closing quotation marks and brackets included. */
export function endsSentence(text: string): boolean {
  return ends.test(text)
}

/** Whether one sentence ends and another begins inside the line. */
export function holdsSentences(text: string): boolean {
  return innerBreak.test(text)
}

export function wordCount(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** Whether a line is as short as a heading is: 16 words, or 40 characters where words are not spaced. */
export function isShort(text: string): boolean {
  const characters = [...text].length
  if (UNSPACED.test(text)) return characters <= HEADING.unspacedCharacters
  return characters <= HEADING.characters && wordCount(text) <= HEADING.words
}

/**
 * Whether a line could be a heading: short, one phrase, not ended by a full stop, beginning as a
 * phrase does. A short question can be one too ("What comes next?").
 */
export function isHeadingLike(text: string): boolean {
  if (!isShort(text) || holdsSentences(text) || !/\p{L}/u.test(text)) return false
  if (/[,;:،؛、，：\-–—(«“„]$/u.test(text) || startsSmall.test(text) || /^[-–—]/u.test(text))
    return false
  if (isShortQuestion(text)) return true
  return !endsSentence(text)
}

/** A heading that asks; whoever takes it as one should tell the editor. */
export function isShortQuestion(text: string): boolean {
  return (
    asks.test(text) &&
    !/^["“«„‘'—–-]/u.test(text) &&
    !/[:：]/u.test(text) &&
    wordCount(text) <= QUESTION_HEADING_WORDS &&
    [...text].length <= 60 &&
    (!UNSPACED.test(text) || [...text].length <= 20)
  )
}
