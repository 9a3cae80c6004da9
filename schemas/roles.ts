/** What a grant may allow, in the words of Sanity's access control lists. */
export type Permission = 'read' | 'create' | 'update' | 'history' | 'editHistory' | 'manage'

/** A GROQ predicate over one document (only what groq-js evaluates in a browser) and what it allows. */
export type Grant = {filter: string; permissions: readonly Permission[]}

const write = ['create', 'update'] as const

/**
 * Who works in a newsroom, lowest first: what each role is called, what it does, and which documents it may
 * write beside those of the roles before it.
 */
export const roles = [
  {
    name: 'viewer',
    title: 'Viewer',
    description: 'Reads everything, drafts included, and changes nothing.',
    adds: [{filter: '!(_id in path("_.**"))', permissions: ['read', 'history']}],
  },
  {
    name: 'reporter',
    title: 'Reporter',
    description: 'Writes stories, uploads pictures and hands stories over for review.',
    adds: [
      {filter: '_id in path("drafts.**") && _type == "article"', permissions: write},
      {filter: '_type in ["sanity.imageAsset", "sanity.fileAsset"]', permissions: write},
      {filter: '_id in path("editorial.*") && _type == "editorialState"', permissions: write},
    ],
  },
  {
    name: 'editor',
    title: 'Editor',
    description: 'Reviews, publishes, updates and corrects stories; keeps authors and topics.',
    adds: [
      {filter: '_id in path("*") && _type == "article"', permissions: write},
      {filter: '_type in ["author", "topic"]', permissions: write},
      {
        filter: '_id in path("newsroom.receipt.*") && _type == "importReceipt"',
        permissions: write,
      },
    ],
  },
  {
    name: 'publisher',
    title: 'Publisher',
    description: 'Puts breaking news before readers, takes it down, and kills stories.',
    adds: [
      {filter: '_id in path("*") && _type == "breakingNews"', permissions: write},
      {filter: '_id in path("newsroom.lease.*") && _type == "breakingLog"', permissions: write},
      {
        filter: '_id == "newsroom.breakingDesk" && _type == "breakingDesk"',
        permissions: write,
      },
    ],
  },
  {
    name: 'administrator',
    title: 'Administrator',
    description: 'Looks after people, tokens and settings, and may do everything else.',
    adds: [
      {
        filter: '_id in path("**")',
        permissions: ['read', 'create', 'update', 'history', 'editHistory', 'manage'],
      },
    ],
  },
] as const satisfies {
  name: string
  title: string
  description: string
  adds: readonly Grant[]
}[]
