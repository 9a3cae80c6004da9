import {isRecord, textOf} from './text.ts'

/** An error: a link leads to an address or to a story of ours, not to both and not to neither. */
export function linkLeadsSomewhere(link: unknown): true | string {
  const href = Boolean(textOf(link, 'href'))
  const story = isRecord(link) && isRecord(link['reference'])
  if (href && story) return 'Keep either the address or the story: a link leads to one place.'
  return href || story ? true : 'Paste an address, or choose one of our stories.'
}

/** Advice: a story that nobody signs. */
export function storyIsSigned(authors: unknown, {document}: {document?: unknown}): true | string {
  const signed =
    (Array.isArray(authors) && authors.length > 0) || textOf(document, 'byline')?.trim()
  return signed ? true : 'Nobody signs this story yet. Choose an author, or write a byline.'
}
