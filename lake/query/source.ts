import type {LakeDocument} from '../documents/document.ts'

/**
 * Which documents a query may touch, as far as SQL can tell. Absent fields do not narrow.
 * A document is wanted when all given fields hold for it.
 */
export type Narrowing = {
  types?: readonly string[]
  /** Real ids, `drafts.` and `versions.` included. */
  ids?: readonly string[]
  /** Ids without `drafts.` or `versions.<name>.`: every document of these groups. */
  groupIds?: readonly string[]
  /** Types that at least one document of the group has: every document of these groups. */
  groupTypes?: readonly string[]
  /** Real ids that start with one of these. */
  idPrefixes?: readonly string[]
  /** Which of a group's documents: published ones, drafts, versions. */
  kinds?: readonly ('published' | 'draft' | 'version')[]
  /** Only what the public may read: ids without a dot. */
  publicOnly?: boolean
}

/** One consistent view of a dataset for the length of a query. */
export type DocumentSource = {
  /** Documents that at least one narrowing wants, each once, in `_id` order. */
  select(narrowings: readonly Narrowing[]): LakeDocument[]
}
