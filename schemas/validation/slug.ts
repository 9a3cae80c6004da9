import type {SanityClient} from '@sanity/client'
import {isRecord, textOf} from './text.ts'

/** What the check needs of the Studio's validation context; outside the Studio there may be no client. */
export type LakeContext = {
  document?: unknown
  getClient?: (options: {apiVersion: string}) => SanityClient
}

/** The API version that validation asks in; perspectives are named, so nothing depends on its default. */
export const validationApiVersion = '2025-02-19'

const sameAddress = `*[_type == "article" && (slug.current == $slug || $slug in previousSlugs)][0...20]{_id, headline, "current": slug.current}`

/** An error: an address is letters, digits and hyphens, in any script. */
export function slugIsAddress(slug: unknown): true | string {
  const address = textOf(slug, 'current')?.trim()
  if (!address)
    return 'Generate the address from the headline: the story needs one to be published.'
  if (address.length > 120) return 'Shorten the address to at most 120 characters.'
  return /^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$/u.test(address)
    ? true
    : 'Use letters, digits and single hyphens only, as in “kerry-in-moscow”.'
}

/**
 * An error: two stories at one address. Former addresses of other stories count, because they redirect.
 * Asks the lake, drafts included; without a client (the importer checks for itself) it lets the slug pass.
 */
export async function slugIsFree(slug: unknown, context: LakeContext): Promise<true | string> {
  const address = textOf(slug, 'current')
  const id = textOf(context.document, '_id')
  if (!address || id === undefined || typeof context.getClient !== 'function') return true
  const client = context.getClient({apiVersion: validationApiVersion})
  const stories = await client.fetch<unknown>(
    sameAddress,
    {slug: address},
    {perspective: 'raw', tag: 'validation.slug'},
  )
  const other = Array.isArray(stories)
    ? stories.find((story) => storyId(textOf(story, '_id') ?? '') !== storyId(id))
    : undefined
  if (!isRecord(other)) return true
  const headline = textOf(other, 'headline') ?? 'another story'
  return textOf(other, 'current') === address
    ? `“${headline}” has this address. Change a word of it.`
    : `“${headline}” had this address before, and links to it still lead there. Change a word of it.`
}

/** The id of the story that a document is a draft or version of. */
export function storyId(documentId: string): string {
  return documentId.replace(/^(?:drafts|versions\.[^.]+)\./, '')
}
