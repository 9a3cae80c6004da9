import {EditorialError} from './errors.ts'

/** A document as a mutation carries it: whatever the story holds, under its id and type. */
export type DocumentToWrite = {_id: string; _type: string; [attribute: string]: unknown}

export type Patch = {
  id: string
  ifRevisionID?: string
  set?: {[path: string]: unknown}
  setIfMissing?: {[path: string]: unknown}
  unset?: string[]
  insert?: {after: string; items: unknown[]}
}

/** One entry of the `mutations` array of a `/data/mutate` request; `@sanity/client`'s `mutate` takes it too. */
export type Mutation =
  | {create: DocumentToWrite}
  | {createOrReplace: DocumentToWrite}
  | {delete: {id: string}}
  | {patch: Patch}

/**
 * Makes the transaction fail when a document is not at the revision that the rule was computed from.
 * The mutate endpoint knows `ifRevisionID` on patches only, and a patch needs an operation: removing an
 * attribute that no document has changes nothing, and the mutation that follows (a replacement or a
 * deletion in the same transaction) is what history shows.
 * Throws `EditorialError` (`revisionMissing`) for a document that was not read from the lake.
 */
export function guard(document: {_id: string; _rev?: string | undefined}): Mutation {
  return {
    patch: {id: document._id, ifRevisionID: revisionOf(document), unset: ['_revisionGuard']},
  }
}

/** The revision to guard by. Throws `EditorialError` (`revisionMissing`) when the document carries none. */
export function revisionOf(document: {_id: string; _rev?: string | undefined}): string {
  if (document._rev === undefined) {
    throw new EditorialError(
      'revisionMissing',
      `The document "${document._id}" carries no revision, so changes by others would go unseen. Read it from the lake again and retry.`,
    )
  }
  return document._rev
}
