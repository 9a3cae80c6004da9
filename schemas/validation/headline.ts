import {characters} from './text.ts'

/** Search pages and phones cut headlines at about this length. */
const advisedLength = 70
const longLength = 100
const longestLength = 160

/** An error: the page and the feeds break over a headline that is empty or longer than 160 characters. */
export function headlineIsUsable(headline: string | undefined): true | string {
  if (!headline?.trim()) return 'Write a headline: the story cannot be published without one.'
  const length = characters(headline)
  return length <= longestLength
    ? true
    : `Cut this headline to at most ${longestLength} characters; it has ${length}. What does not fit belongs in the standfirst.`
}

/** A warning over 100 characters. */
export function headlineIsNotLong(headline: string | undefined): true | string {
  const length = characters(headline ?? '')
  return length <= longLength || length > longestLength
    ? true
    : `This headline has ${length} characters. Shorten it to 100 or fewer, or it runs over four lines on a phone.`
}

/** Advice over 70 characters. */
export function headlineFitsEverywhere(headline: string | undefined): true | string {
  const length = characters(headline ?? '')
  return length <= advisedLength || length > longLength
    ? true
    : `This headline has ${length} characters; search results cut it at about 70. A short headline for lists helps.`
}
