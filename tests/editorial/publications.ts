import type {Article} from '../../editorial/documents.ts'
import {publicationOf, type Publication} from '../../editorial/publishing.ts'
import {countedKeys} from './stories.ts'

const now = new Date('2026-11-24T14:05:00.000Z')

/** What a publication is made of, where a test says no more than it proves. */
export type Given = Omit<Publication, 'now' | 'by' | 'role' | 'newKey'> & {now?: Date}

export function publish(publication: Given) {
  return publicationOf({now, by: 'ann', role: 'publisher', newKey: countedKeys(), ...publication})
    .mutations
}

/** What becomes of the story's editorial state when it goes live, with this in its history. */
export const settled = (entry: {action: string; from: string; to: string; note?: string}) => ({
  patch: {
    id: 'editorial.kerry',
    ifRevisionID: 'state-rev',
    set: {stage: 'live'},
    setIfMissing: {history: []},
    unset: ['approvedRevision', 'change', 'publishAt', 'lastFailure'],
    insert: {
      after: 'history[-1]',
      items: [
        {
          _type: 'historyEntry',
          _key: 'key-1',
          at: '2026-11-24T14:05:00.000Z',
          by: 'ann',
          ...entry,
        },
      ],
    },
  },
})

export const earlier = '2026-11-20T12:00:00.000Z'

type Mutations = ReturnType<typeof publish>

export function created(mutations: Mutations): {[field: string]: unknown} {
  for (const mutation of mutations) if ('create' in mutation) return mutation.create
  throw new Error('Nothing was created.')
}

export function replaced(mutations: Mutations): {[field: string]: unknown} {
  for (const mutation of mutations)
    if ('createOrReplace' in mutation) return mutation.createOrReplace
  throw new Error('Nothing was replaced.')
}

export function publicationFieldsOf(story: {[field: string]: unknown} | Article) {
  const names = [
    'update',
    'updates',
    'corrections',
    'killed',
    'firstPublishedAt',
    'lastUpdatedAt',
    'previousSlugs',
  ]
  return Object.fromEntries(
    Object.entries(story).filter(([name, value]) => names.includes(name) && value !== undefined),
  )
}
