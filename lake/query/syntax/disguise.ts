import type {ExprNode} from 'groq-js'

import {isJsonObject} from '../../documents/document.ts'
import {functionNamed} from '../functions/functions.ts'
import type {WrittenCall} from './calls.ts'
import {editsOfString, type Edit} from './escapes.ts'
import {knownToParser} from './knownToParser.ts'
import type {Token} from './scan.ts'

/**
 * groq-js refuses functions that it does not know. Their calls go through its parser as calls of one that takes any number
 * of arguments, with their own name as the first, and come out of it as what they were.
 */
const stand = 'geo::latLng("'

/** The arguments of `delta::changedAny` are selectors, which groq-js reads as the third argument of `diff::` alone. */
const deltaStand = (name: string) => `diff::${name}("${mark}delta", null, `

/** No function's first argument begins like this by chance. */
const mark = '\0call '

/** A query as groq-js parses it, and where its places are in the query as it was sent. */
export type Disguised = {text: string; positionOf(position: number): number}

export function disguise(
  query: string,
  tokens: readonly Token[],
  calls: readonly WrittenCall[],
): Disguised {
  const edits = [...calls.flatMap(editOfCall), ...tokens.flatMap(editsOfString)].sort(
    (one, other) => one.start - other.start,
  )
  const placed: (Edit & {newStart: number; newEnd: number})[] = []
  let text = ''
  let sent = 0
  for (const edit of edits) {
    text += query.slice(sent, edit.start)
    const newStart = text.length
    text += edit.replacement
    placed.push({...edit, newStart, newEnd: text.length})
    sent = edit.end
  }
  text += query.slice(sent)
  return {
    text,
    positionOf(position) {
      const last = placed.findLast(({newStart}) => newStart <= position)
      if (last === undefined) return position
      return position < last.newEnd ? last.start : position - last.newEnd + last.end
    },
  }
}

function editOfCall({namespace, name, start, argumentsStart: end}: WrittenCall): Edit[] {
  if (namespace === 'delta' && (name === 'changedAny' || name === 'changedOnly')) {
    return [{start, end, replacement: deltaStand(name)}]
  }
  if (functionNamed(namespace, name) === undefined || knownToParser(namespace, name)) return []
  return [{start, end, replacement: `${stand}${mark}${namespace}::${name}", `}]
}

/** The tree with the calls under their own names again. */
export function undisguise(tree: ExprNode): ExprNode {
  const restored = restore(tree)
  return isExpression(restored) ? restored : tree
}

function restore(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(restore)
  if (!isJsonObject(node) || node['type'] === 'Value') return node
  const inside = Object.entries(node).map(([key, inner]) => [key, restore(inner)] as const)
  return {...Object.fromEntries(inside), ...ownName(node, inside)}
}

function ownName(
  node: {[key: string]: unknown},
  inside: readonly (readonly [string, unknown])[],
): {[key: string]: unknown} {
  if (node['type'] !== 'FuncCall') return {}
  const args = inside.find(([key]) => key === 'args')?.[1]
  const [first, ...rest]: unknown[] = Array.isArray(args) ? args : []
  const name = isJsonObject(first) && first['type'] === 'Value' ? first['value'] : undefined
  if (typeof name !== 'string' || !name.startsWith(mark)) return {}
  const [namespace, own] = name.slice(mark.length).split('::')
  return namespace === 'delta' && own === undefined
    ? {namespace, args: rest.slice(1)}
    : {namespace, name: own, args: rest}
}

function isExpression(value: unknown): value is ExprNode {
  return isJsonObject(value) && typeof value['type'] === 'string'
}
