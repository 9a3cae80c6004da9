import type {LakeDocument} from '../documents/document.ts'
import {groupIdOf, isPublicId, kindOf} from '../documents/ids.ts'
import {httpError} from '../errors.ts'
import type {DocumentSource, Narrowing} from './source.ts'

/** What a query sees: physical documents, published ones, or each story as the leftmost of its versions. */
export type Perspective = {kind: 'raw'} | {kind: 'published'} | {kind: 'stack'; names: string[]}

/** Reads a perspective as the API names it. Throws 400 for names that cannot stand there. */
export function parsePerspective(names: readonly string[]): Perspective {
  const [first] = names
  if (names.length === 1 && (first === 'raw' || first === 'published')) return {kind: first}
  if (
    names.length === 0 ||
    names.some((name) => !/^[a-zA-Z0-9_-]+$/.test(name) || name === 'raw')
  ) {
    throw httpError(400, 'perspectiveInvalid', `"${names.join(',')}" is not a perspective.`)
  }
  const stack = names.filter((name) => name !== 'published')
  return {kind: 'stack', names: stack.map((name) => (name === 'previewDrafts' ? 'drafts' : name))}
}

/** The documents that narrowings want, as the perspective shows them, in `_id` order. */
export function selectInPerspective(
  source: DocumentSource,
  narrowings: readonly Narrowing[],
  perspective: Perspective,
  publicOnly: boolean,
): LakeDocument[] {
  const wanted = narrowings.map((narrowing) => ({
    ...inPerspective(narrowing, perspective),
    ...(publicOnly ? {publicOnly} : {}),
  }))
  const found = source.select(wanted).filter(({_id}) => !publicOnly || isPublicId(_id))
  if (perspective.kind !== 'stack') return found
  return overlay(found, perspective.names)
}

/**
 * In a stack a document goes by its group's id, and one of another type may hide it: what is wanted of one document is
 * wanted of its group, and the filter decides after the overlay.
 */
function inPerspective(narrowing: Narrowing, perspective: Perspective): Narrowing {
  if (perspective.kind === 'raw') return narrowing
  if (perspective.kind === 'published') return {...narrowing, kinds: ['published']}
  const {ids, types, ...rest} = narrowing
  return {...rest, ...(ids && {groupIds: ids}), ...(types && {groupTypes: types})}
}

function overlay(documents: readonly LakeDocument[], names: readonly string[]): LakeDocument[] {
  const groups = new Map<string, LakeDocument>()
  for (const document of documents) {
    const group = groupIdOf(document._id)
    const place = placeOf(document._id, names)
    if (place === undefined) continue
    const chosen = groups.get(group)
    if (chosen === undefined || place < (placeOf(chosen._id, names) ?? Infinity)) {
      groups.set(group, document)
    }
  }
  return [...groups]
    .map(([group, document]) => ({...document, _id: group, _originalId: document._id}))
    .sort((one, other) => (one._id < other._id ? -1 : 1))
}

function placeOf(id: string, names: readonly string[]): number | undefined {
  const kind = kindOf(id)
  if (kind === 'published') return names.length
  const name = kind === 'draft' ? 'drafts' : id.split('.')[1]
  const place = names.indexOf(name ?? '')
  return place === -1 ? undefined : place
}
