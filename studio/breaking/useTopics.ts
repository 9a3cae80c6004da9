import {z} from 'zod'

import {listenedQuery, useLastKnown, useListened} from '../useListened.ts'

const topic = z.object({_id: z.string(), title: z.string()})
export type Topic = z.infer<typeof topic>

/** A newsroom that has more topics than this chooses among the first of its alphabet. */
const most = 1000

const topicsQuestion = listenedQuery<Topic[]>({
  fetch: `*[_type == "topic" && _id in path("*") && defined(title)] | order(lower(title) asc)[0...${most}]{_id, title}`,
  listen: '*[_type == "topic"]',
  model: z.array(topic),
})

const nothing = {}

/** The newsroom's published topics by their titles, as the lake last said them; undefined until they are known. */
export function useTopics(): readonly Topic[] | undefined {
  return useLastKnown(useListened(topicsQuestion, nothing))
}
