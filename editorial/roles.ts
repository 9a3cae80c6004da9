/** What a grant may allow, in the words of Sanity's access control lists. */
export type Permission = 'read' | 'create' | 'update' | 'history' | 'editHistory' | 'manage'

/** A GROQ predicate over one document (only what groq-js evaluates in a browser) and what it allows. */
export type Grant = {filter: string; permissions: Permission[]}

export const roleNames = ['viewer', 'reporter', 'editor', 'publisher', 'administrator'] as const
export type RoleName = (typeof roleNames)[number]

export type Role = {name: RoleName; title: string; description: string; grants: Grant[]}

const write: Permission[] = ['create', 'update']

/** What each role adds to the one before it. */
const steps: {name: RoleName; title: string; description: string; adds: Grant[]}[] = [
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
]

/**
 * The newsroom's roles, lowest first, as grants in the form of Sanity's access control lists. Each may do
 * all that the ones before it may. Deleting asks for `update`, as the Studio does.
 */
export const newsroomRoles: readonly Role[] = steps.map(({name, title, description}, place) => ({
  name,
  title,
  description,
  grants: steps.slice(0, place + 1).flatMap((step) => step.adds),
}))

/** Whether a role may do what `needed` may; false for a name that is no role of the newsroom's. */
export function atLeast(role: string, needed: RoleName): boolean {
  const place = roleNames.findIndex((name) => name === role)
  return place >= roleNames.indexOf(needed)
}

/** Why somebody with `role` may not do what `needed` may, as a button's sentence; undefined when they may. */
export function roleReason(role: RoleName, needed: RoleName, deed: string): string | undefined {
  if (atLeast(role, needed)) return undefined
  const article = /^[aeiou]/.test(needed) ? 'an' : 'a'
  return `You cannot ${deed}: that takes the role ${needed}, and yours is ${role}. Ask ${article} ${needed}.`
}
