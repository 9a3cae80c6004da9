import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {documentId} from '../../editorial/documents.ts'
import {StudioError} from '../StudioError.ts'

/** How many documents a sentence names; a story that half the archive links to would fill the dialog. */
const mostNamed = 5

/** How the lake says that a strong reference forbids what was asked. */
const fault = z.union([
  z.object({
    type: z.literal('documentHasExistingReferencesError'),
    referencingIDs: z.array(z.string()).min(1),
  }),
  z.object({type: z.literal('documentReferenceDoesNotExistError'), referenceID: z.string()}),
])
const refused = z.object({details: z.object({items: z.array(z.object({error: z.unknown()}))})})

const named = z.array(
  z.object({_id: z.string(), _type: z.string(), name: z.string().nullish().catch(null)}),
)
type Named = z.infer<typeof named>[number]

/**
 * When the lake refused a transaction on a story because of a reference, the error that says which documents are in
 * the way and what to do about them; undefined for all other refusals. Throws the client's errors.
 */
export async function referencesInTheWay(
  client: SanityClient,
  error: unknown,
): Promise<StudioError | undefined> {
  const items = refused.safeParse(error).data?.details.items ?? []
  const [found] = items.flatMap((item) => fault.safeParse(item.error).data ?? [])
  if (found === undefined) return undefined
  const sentence =
    'referencingIDs' in found
      ? leadingHere(await documentsOf(client, found.referencingIDs))
      : await leadingNowhere(client, found.referenceID)
  return new StudioError('referred', `Nothing was changed: ${sentence}`, {cause: error})
}

/** The documents in the order of their ids; one that cannot be read has no name. */
async function documentsOf(client: SanityClient, ids: readonly string[]): Promise<Named[]> {
  const found = named.parse(
    await client.fetch(
      '*[_id in $ids]{_id, _type, "name": coalesce(headline, title, name)}',
      {ids},
      {perspective: 'raw'},
    ),
  )
  return ids.map(
    (id) => found.find(({_id}) => _id === id) ?? {_id: id, _type: 'document', name: null},
  )
}

function leadingHere(documents: readonly Named[]): string {
  const shown = documents.slice(0, mostNamed).map(called)
  const left = documents.length - shown.length
  if (left > 0) shown.push(`${left} ${left === 1 ? 'other' : 'others'}`)
  const lead = documents.length === 1 ? 'still leads' : 'still lead'
  const them = documents.length === 1 ? 'it' : 'them'
  const publish = documents.some(isLiveStory) ? 'publish the change where the story is live, ' : ''
  return `${listed(shown)} ${lead} to this story. Take the links out of ${them}, ${publish}and try again.`
}

async function leadingNowhere(client: SanityClient, id: string): Promise<string> {
  const [draft] = await documentsOf(client, [documentId.draft(id)])
  if (draft === undefined || draft._type === 'document') {
    return `this story refers to the document “${id}”, which is not there any more. Take it out of the story, and try again.`
  }
  const what = `the ${draft._type === 'article' ? 'story' : draft._type} “${draft.name ?? id}”`
  return `this story refers to ${what}, which is not published. Publish that first, or take it out of the story, and try again.`
}

function called(document: Named): string {
  const {_id, _type, name} = document
  if (!name) return `the document “${_id}”`
  if (_type !== 'article') return `the ${_type} “${name}”`
  return isLiveStory(document) ? `the live story “${name}”` : `the draft of “${name}”`
}

function isLiveStory({_id, _type}: Named): boolean {
  return _type === 'article' && documentId.published(_id) === _id
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}
