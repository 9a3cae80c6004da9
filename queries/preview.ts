import {defineQuery} from 'groq'
import {z} from 'zod'

import {list, maybe} from './answer.ts'
import {lease, leaseFields, leaseInSight} from './breaking.ts'
import {settings, settingsFields} from './settings.ts'
import {story, storyFields} from './storyFields.ts'

/** The same as the story page's question, but by id and whatever the story's slug or embargo. */
export const previewQuery = defineQuery(`{
  ${settingsFields},
  "leases": *[${leaseInSight}]${leaseFields},
  "story": *[_type == "article" && _id == $id][0]${storyFields}
}`)

export const preview = z.object({settings, leases: list(lease), story: maybe(story)})
export type Preview = z.infer<typeof preview>
