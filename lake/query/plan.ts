import type {ExprNode} from 'groq-js'

import {isJsonObject} from '../documents/document.ts'
import {groupIdOf} from '../documents/ids.ts'
import type {Narrowing} from './source.ts'

/** At most this many alternatives of one filter are told apart; beyond, the filter narrows nothing. */
const maximumAlternatives = 32

/**
 * Which documents a query can touch: the union over every `*` in it of what its filter says about `_type`
 * and `_id`. What is not understood narrows nothing, so that the answer is never poorer, only slower.
 */
export function planNarrowings(tree: ExprNode): Narrowing[] {
  const found: Narrowing[] = []
  visit(tree, found)
  return found.some((narrowing) => Object.keys(narrowing).length === 0) ? [{}] : found
}

function visit(node: unknown, found: Narrowing[]): void {
  if (Array.isArray(node)) {
    for (const element of node) visit(element, found)
    return
  }
  if (!isJsonObject(node)) return
  const {base} = node
  if (node['type'] === 'Filter' && isJsonObject(base) && base['type'] === 'Everything') {
    found.push(...narrow(node['expr']))
    visit(node['expr'], found)
    return
  }
  if (node['type'] === 'Everything') {
    found.push({})
    return
  }
  if (node['type'] === 'FuncCall' && node['namespace'] === 'releases') {
    found.push({types: ['system.release']})
    return
  }
  for (const inner of Object.values(node)) visit(inner, found)
}

function narrow(node: unknown): Narrowing[] {
  if (!isJsonObject(node)) return [{}]
  switch (node['type']) {
    case 'Group':
      return narrow(node['base'])
    case 'And':
      return both(narrow(node['left']), narrow(node['right']))
    case 'Or':
      return bounded([...narrow(node['left']), ...narrow(node['right'])])
    case 'OpCall':
      return [comparison(node['op'], node['left'], node['right'])]
    case 'FuncCall':
      return [versionOf(node)]
    default:
      return [{}]
  }
}

function both(left: readonly Narrowing[], right: readonly Narrowing[]): Narrowing[] {
  return bounded(
    left.flatMap((one) => right.map((other) => ({...other, ...one, ...shared(one, other)}))),
  )
}

/** Where both sides speak of the same attribute, only values that both name remain. */
function shared(one: Narrowing, other: Narrowing): Narrowing {
  const inBoth = (here?: readonly string[], there?: readonly string[]) =>
    here && there && here.filter((value) => there.includes(value))
  const types = inBoth(one.types, other.types)
  const ids = inBoth(one.ids, other.ids)
  return {...(types && {types}), ...(ids && {ids})}
}

function bounded(narrowings: Narrowing[]): Narrowing[] {
  return narrowings.length > maximumAlternatives ? [{}] : narrowings
}

function comparison(op: unknown, left: unknown, right: unknown): Narrowing {
  if (op !== '==' && op !== 'in') return {}
  const name = attributeName(left) ?? (op === '==' ? attributeName(right) : undefined)
  const values = constants(attributeName(left) === undefined ? left : right)
  if (values === undefined) return {}
  if (name === '_type') return {types: values}
  return name === '_id' ? {ids: values} : {}
}

function versionOf(node: {[key: string]: unknown}): Narrowing {
  if (node['namespace'] !== 'sanity' || node['name'] !== 'versionOf') return {}
  const values = Array.isArray(node['args']) ? constants(node['args'][0]) : undefined
  return values === undefined ? {} : {groupIds: values.map(groupIdOf)}
}

function attributeName(node: unknown): string | undefined {
  if (!isJsonObject(node) || node['type'] !== 'AccessAttribute' || node['base'] !== undefined) {
    return undefined
  }
  return typeof node['name'] === 'string' ? node['name'] : undefined
}

/** The strings that a node stands for when it is a literal, an array of literals or a parameter's value. */
function constants(node: unknown): string[] | undefined {
  if (!isJsonObject(node)) return undefined
  if (node['type'] === 'Value') {
    const values = [node['value']].flat()
    return values.every((value) => typeof value === 'string') ? values : undefined
  }
  if (node['type'] !== 'Array' || !Array.isArray(node['elements'])) return undefined
  const parts = node['elements'].map((element) =>
    isJsonObject(element) && element['isSplat'] === false ? constants(element['value']) : undefined,
  )
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined
}
