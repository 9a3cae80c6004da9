import type {ExprNode} from 'groq-js'

import {isJsonObject} from '../../documents/document.ts'

/** What an expression reads of the value that it stands in (`@`): some attributes, or all of it. */
export type Reads = {attributes: ReadonlySet<string>; whole: boolean}

/** Functions whose answer depends on their arguments alone. */
const explicitNamespaces = new Set(['string', 'array', 'math', 'pt', 'dateTime', 'geo', 'media'])
const explicitFunctions = new Set([
  'coalesce',
  'count',
  'defined',
  'length',
  'lower',
  'upper',
  'now',
  'round',
  'string',
  'dateTime',
  'boost',
  'path',
  'identity',
])

/**
 * What an expression reads of `@`. Never less than it does read: what is not understood reads everything.
 * Expressions nested in it (filters, projections) have a `@` of their own, which does not count.
 */
export function readsOf(node: ExprNode): Reads {
  const found = {attributes: new Set<string>(), whole: false}
  visit(node, 0, found)
  return found
}

/** Whether an expression is the same for every value that it could stand in. */
export function isFree(node: ExprNode): boolean {
  const {attributes, whole} = readsOf(node)
  return !whole && attributes.size === 0
}

type Found = {attributes: Set<string>; whole: boolean}

function visit(node: unknown, depth: number, found: Found): void {
  if (Array.isArray(node)) {
    for (const element of node) visit(element, depth, found)
    return
  }
  if (!isJsonObject(node)) return
  switch (node['type']) {
    case 'Value':
    case 'Parameter':
    case 'Everything':
    // The states before and after a change are the same wherever they stand.
    case 'Context':
      return
    case 'This':
      if (depth === 0) found.whole = true
      return
    case 'Parent':
      // Which scope this leads to from within nested ones is not worked out.
      if (depth > 0) found.whole = true
      return
    case 'AccessAttribute':
      visitAttribute(node, depth, found)
      return
    case 'Filter':
    case 'Map':
    case 'FlatMap':
    case 'Projection':
      visitNested(node, node['expr'], depth, found)
      return
    case 'PipeFuncCall':
      visitNested(node, node['args'], depth, found)
      return
    case 'FuncCall':
      visitCall(node, depth, found)
      return
    case 'SelectorFuncCall':
    case 'SelectorNested':
      found.whole = true
      return
    default:
      for (const inner of Object.values(node)) visit(inner, depth, found)
  }
}

function visitAttribute({base, name}: {[key: string]: unknown}, depth: number, found: Found): void {
  const of = isJsonObject(base) ? base['type'] : undefined
  if (base === undefined || of === 'This') {
    if (depth === 0) found.attributes.add(String(name))
    return
  }
  if (of === 'Parent') {
    if (depth > 0) found.attributes.add(String(name))
    return
  }
  visit(base, depth, found)
}

function visitNested(
  {type, base}: {[key: string]: unknown},
  inner: unknown,
  depth: number,
  found: Found,
): void {
  // `{…}` of the value itself: what stands inside is about that value.
  const ofItself = type === 'Projection' && isJsonObject(base) && base['type'] === 'This'
  if (ofItself) {
    visit(inner, depth, found)
    return
  }
  visit(base, depth, found)
  visit(inner, depth + 1, found)
}

function visitCall(
  {namespace, name, args}: {[key: string]: unknown},
  depth: number,
  found: Found,
): void {
  if (namespace === 'global' && name === 'references') {
    // It looks at all of its own `@`; what is nested has another one.
    if (depth === 0) found.whole = true
  } else if (namespace === 'sanity' && name !== 'partOfVariant') {
    if (depth === 0) found.attributes.add('_id').add('_originalId')
  } else if (
    !explicitNamespaces.has(String(namespace)) &&
    !(namespace === 'global' && explicitFunctions.has(String(name)))
  ) {
    const isTextQuery = namespace === 'text' && name === 'query'
    const isReleases = namespace === 'releases'
    if (!isTextQuery && !isReleases) found.whole = true
  }
  visit(args, depth, found)
}
