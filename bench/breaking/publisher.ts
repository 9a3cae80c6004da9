import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {breakStory, endBreaking} from '../../editorial/breaking.ts'
import {breakingLog, breakingNews, documentId} from '../../editorial/documents.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {now} from './readersMessages.ts'

const desk = z.object({_rev: z.string()}).nullable()

/** A publisher at the breaking desk, who acts by the newsroom's own rules. */
export type Publisher = {
  /** Puts a flash before readers. Answers when it was confirmed, by the steady clock. */
  on(number: number): Promise<number>
  /** Takes it down. */
  off(number: number): Promise<number>
}

/** `label` keeps the items of one part of the measurement apart from another's. */
export function publisher(client: SanityClient, by: string, label: string): Publisher {
  const idOf = (number: number) => `bench-${label}-${number}`
  const deskRevision = async () =>
    desk.parse((await client.getDocument(documentId.breakingDesk)) ?? null)?._rev
  const confirm = async (mutations: Mutation[]) => {
    const at = now()
    await client.mutate(mutations, {visibility: 'sync', returnDocuments: false})
    return at
  }
  return {
    async on(number) {
      const {mutations} = breakStory({
        headline: `Toggle ${number}`,
        level: 'flash',
        minutes: 30,
        now: new Date(),
        by,
        leaseId: idOf(number),
        deskRevision: await deskRevision(),
        live: [],
      })
      return await confirm(mutations)
    },
    async off(number) {
      const id = idOf(number)
      const [lease, log] = await client.getDocuments([id, documentId.lease(id)])
      const {mutations} = endBreaking({
        lease: breakingNews.parse(lease),
        log: breakingLog.parse(log),
        deskRevision: await deskRevision(),
        now: new Date(),
        by,
      })
      return await confirm(mutations)
    },
  }
}
