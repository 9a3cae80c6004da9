import type {ExprNode} from 'groq-js'

import {isJsonObject} from '../documents/document.ts'

const releaseDocument = '_.releases.'

/**
 * The tree with `sanity::partOfRelease("_.releases.NAME")` as `sanity::partOfRelease("NAME")`. The Studio asks in
 * both forms, by the release's document and by its name; groq-js knows the name alone.
 */
export function withReleaseNames(tree: ExprNode): ExprNode {
  const rewritten = rewrite(tree)
  return isExpression(rewritten) ? rewritten : tree
}

function rewrite(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rewrite)
  if (!isJsonObject(node)) return node
  const asksForRelease = node['type'] === 'FuncCall' && node['name'] === 'partOfRelease'
  if (asksForRelease && Array.isArray(node['args'])) {
    return {...node, args: node['args'].map(byName)}
  }
  return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, rewrite(inner)]))
}

function byName(argument: unknown): unknown {
  const value = isJsonObject(argument) ? argument['value'] : undefined
  if (typeof value !== 'string' || !value.startsWith(releaseDocument)) return argument
  return {type: 'Value', value: value.slice(releaseDocument.length)}
}

function isExpression(value: unknown): value is ExprNode {
  return isJsonObject(value) && typeof value['type'] === 'string'
}
