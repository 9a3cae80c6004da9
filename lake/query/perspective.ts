import {httpError} from '../errors.ts'
import type {View} from './selection.ts'

/** Reads a perspective as the API names it. Throws 400 for names that cannot stand there. */
export function parsePerspective(names: readonly string[]): View['perspective'] {
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
