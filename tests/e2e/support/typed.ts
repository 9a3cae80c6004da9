import type {SanityClient, SanityDocument} from '@sanity/client'
import {Mutation} from '@sanity/mutator'
import {z} from 'zod'

const patch = z.looseObject({
  id: z.string(),
  diffMatchPatch: z.record(z.string(), z.string()).exactOptional(),
})
const transaction = z.object({
  author: z.string(),
  mutations: z.array(z.object({patch})),
})

type Transaction = z.infer<typeof transaction>

/** What the lake's log holds of a document after it stood so, oldest first. */
export async function transactionsSince(
  client: SanityClient,
  {_id, _rev}: SanityDocument,
): Promise<Transaction[]> {
  const lines = await client.request<string>({
    url: `/data/history/production/transactions/${_id}`,
    query: {fromTransaction: _rev, limit: '1000'},
  })
  const [, ...later] = lines.trim().split('\n')
  return later.map((line) => transaction.parse(JSON.parse(line)))
}

/** What the text patches of each author add, letter after letter. */
export function typedBy(transactions: readonly Transaction[]): string[] {
  const typed = new Map<string, string>()
  for (const {author, mutations} of transactions) {
    const texts = mutations.flatMap((one) => Object.values(one.patch.diffMatchPatch ?? {}))
    const added = texts.flatMap((one) => [...one.matchAll(/^\+(.*)$/gm)])
    const text = added.map(([, letters = '']) => decodeURIComponent(letters)).join('')
    typed.set(author, (typed.get(author) ?? '') + text)
  }
  return [...typed.values()].toSorted()
}

/** What `@sanity/mutator`, by which the Studio foresees the lake, makes of the transactions. */
export function replayed(
  document: SanityDocument,
  transactions: readonly Transaction[],
): ReturnType<Mutation['apply']> {
  const mutations = transactions.flatMap((one) => one.mutations)
  return new Mutation({mutations}).apply(document)
}
