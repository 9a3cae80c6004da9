import type {SanityClient} from '@sanity/client'

import type {Article} from '../../editorial/documents.ts'
import {validateDocument} from '../../schemas/validateDocument.ts'

/**
 * The sentences of a story's validation errors, as its editor would see them: empty when it may be published.
 * Throws the client's errors.
 */
export async function storyErrors(draft: Article, client: SanityClient): Promise<string[]> {
  const ask = (query: string, params: {[name: string]: unknown}): Promise<unknown> =>
    client.fetch(query, params, {perspective: 'raw'})
  const findings = await validateDocument(draft, {
    ask,
    exists: async (id) => (await ask('count(*[_id == $id])', {id})) === 1,
  })
  return findings.filter(({level}) => level === 'error').map(({message}) => message)
}
