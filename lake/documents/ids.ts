import {httpError} from '../errors.ts'

/** Which of a story's documents an id names: `drafts.g`, `versions.<release>.g`, or the published `g`. */
export type DocumentKind = 'published' | 'draft' | 'version'

const draftPrefix = 'drafts.'
const versionPattern = /^versions\.[^.]+\.(.+)$/
const releasePattern = /^versions\.([^.]+)\./
const idPattern = /^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$/

export function kindOf(id: string): DocumentKind {
  if (id.startsWith(draftPrefix)) return 'draft'
  return versionPattern.test(id) ? 'version' : 'published'
}

/** The id that a document, its draft and its versions share. */
export function groupIdOf(id: string): string {
  if (id.startsWith(draftPrefix)) return id.slice(draftPrefix.length)
  return versionPattern.exec(id)?.[1] ?? id
}

/** The release that a version belongs to; `undefined` for published documents and drafts. */
export function releaseOf(id: string): string | undefined {
  return releasePattern.exec(id)?.[1]
}

/** What a document is a version for: nothing when it is published, `drafts`, or the release's name. */
export function bundleOf(id: string): string {
  return id.startsWith(draftPrefix) ? 'drafts' : (releaseOf(id) ?? '')
}

/** Whether an anonymous reader may ever see the document: its id stands at the root path. */
export function isPublicId(id: string): boolean {
  return !id.includes('.')
}

/** Throws 400 unless the id has the form that the hosted lake accepts (letters, digits, `_`, `-`, `.`; at most 128). */
export function requireDocumentId(id: string): string {
  const malformed =
    !idPattern.test(id) || id.includes('..') || id.split('.').some((part) => part.startsWith('-'))
  if (malformed) {
    throw httpError(400, 'documentIdMalformed', `Malformed document ID: ${JSON.stringify(id)}`)
  }
  return id
}
