import type {ExprNode} from 'groq-js'

import type {JsonObject} from '../../documents/document.ts'
import type {Scope} from '../evaluate/scope.ts'
import type {Condition, Selection} from '../selection.ts'
import {precisionOf, type Instantiate, type Narrowed} from './narrowed.ts'
import {isPlainName} from './keys.ts'
import {readsOf} from './reads.ts'

/** More attributes than this are not picked out: the whole document is read at once. */
const mostAttributes = 60

/** What all filters together say. */
export function instantiate(conditions: readonly Instantiate[], scope: Scope): Narrowed {
  const narrowed = conditions.map((condition) => condition(scope))
  const [only] = narrowed
  if (narrowed.length === 1 && only) return only
  const condition: Condition = {kind: 'all', of: narrowed.map((one) => one.condition)}
  return {condition, ...precisionOf(narrowed)}
}

/** The documents of a selection, as the query sees them. */
export function storedOf(scope: Scope, selection: Selection): Iterable<JsonObject> {
  const {source, view} = stored(scope)
  return selection.where.kind === 'never' ? [] : source.select(selection, view)
}

/** Where a planned query's documents are. */
export function stored({run}: Scope) {
  if (run.stored) return run.stored
  throw new Error('A planned query was run without a store.')
}

/** What a filter looks at of a document. */
export function readBy(filter: ExprNode): string[] {
  const {attributes, whole} = readsOf(filter)
  return whole ? [everyAttribute] : [...attributes]
}

/** Stands for reading the whole document. */
const everyAttribute = ''

/** The attributes to pick out of stored documents; `undefined` to read them whole. */
export function pruned(attributes: ReadonlySet<string> | undefined): readonly string[] | undefined {
  if (!attributes || attributes.size > mostAttributes) return undefined
  const names = [...attributes]
  return names.every(isPlainName) ? names : undefined
}
