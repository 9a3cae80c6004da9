import {validationApiVersion, type LakeContext} from './slug.ts'
import {characters, textOf} from './text.ts'

const liveStory = `defined(*[_id == $id && !defined(killed)][0]._id)`

/** An error: the banner has room for 100 characters. */
export function bannerFits(headline: string | undefined): true | string {
  if (!headline?.trim()) return 'Write the words of the banner.'
  const length = characters(headline)
  return length <= 100 ? true : `Cut these words to at most 100 characters; they have ${length}.`
}

/** A warning: the banner leads readers to a page that is not there. Passes where there is no client. */
export async function storyIsLive(article: unknown, context: LakeContext): Promise<true | string> {
  const id = textOf(article, '_ref')
  if (id === undefined || typeof context.getClient !== 'function') return true
  const client = context.getClient({apiVersion: validationApiVersion})
  const live = await client.fetch<unknown>(
    liveStory,
    {id},
    {perspective: 'raw', tag: 'validation.lease'},
  )
  return live === true
    ? true
    : 'This story is not live, so the banner leads nowhere. Publish the story or link another one.'
}
