import type {ExprNode} from 'groq-js'

import {isSearched} from '../text/textPattern.ts'
import {wayInto, wayToElements} from '../text/textPlaces.ts'

/** A way through documents, and whether what stands there may be an array whose elements are meant as well. */
type Way = {way: string; orElements: boolean}

/**
 * The ways to all the blocks that `pt::text(node)` takes its text from, and to no others: `sections[].body[]`. `undefined`
 * for what leads there otherwise, by filters or places.
 */
export function blockWaysOf(node: ExprNode): readonly string[] | undefined {
  const found = wayOf(node, '')
  if (found === undefined || found.way === '') return undefined
  const {way, orElements} = found
  return orElements ? [way, wayToElements(way)] : [way]
}

function wayOf(node: ExprNode, from: string): Way | undefined {
  switch (node.type) {
    case 'Group':
      return wayOf(node.base, from)
    case 'This':
    case 'AccessAttribute': {
      const way = attributeWay(node, from)
      return way === undefined ? undefined : {way, orElements: true}
    }
    case 'ArrayCoerce': {
      const way = attributeWay(node.base, from)
      return way === undefined ? undefined : {way: wayToElements(way), orElements: false}
    }
    case 'Map':
    case 'FlatMap': {
      const each = wayOf(node.base, from)
      if (each === undefined) return undefined
      return wayOf(node.expr, each.orElements ? wayToElements(each.way) : each.way)
    }
    default:
      return undefined
  }
}

/** `a.b`: attributes of what is no array. */
function attributeWay(node: ExprNode, from: string): string | undefined {
  if (node.type === 'Group') return attributeWay(node.base, from)
  if (node.type === 'This') return from
  if (node.type !== 'AccessAttribute' || !isSearched(node.name)) return undefined
  const base = node.base === undefined ? from : attributeWay(node.base, from)
  return base === undefined ? undefined : wayInto(base, node.name)
}
