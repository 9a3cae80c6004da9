import type {ExprNode} from 'groq-js'

import type {Evaluate} from '../evaluate/scope.ts'
import type {GroqValue} from '../evaluate/value.ts'
import type {WordTerm} from '../selection.ts'
import {parsePatterns, parseTerms} from '../text/terms.ts'
import {words} from '../text/tokens.ts'
import type {Instantiate} from './conditions.ts'
import {topAttributeOf} from './keys.ts'

/**
 * What `left match right` says about the words of a document. More documents have the words than match: they may stand
 * elsewhere, or with other accents. `undefined` where the text index cannot tell.
 */
export function wordsCondition(
  left: ExprNode,
  right: ExprNode,
  free: (node: ExprNode) => Evaluate | undefined,
): Instantiate | undefined {
  const place = placeOf(left)
  if (place === undefined) return undefined
  const asked = askedBy(right, free)
  if (asked === undefined) return undefined
  return (scope) => {
    const terms = asked(scope)
    if (terms.length === 0) return {condition: {kind: 'always'}, exact: false}
    return {condition: {kind: 'words', attribute: place.attribute, terms}, exact: false}
  }
}

/** Where in a document an expression takes its text from. */
function placeOf(node: ExprNode): {attribute: string | undefined} | undefined {
  const attribute = textAttributeOf(node)
  if (attribute !== undefined) return {attribute}
  if (node.type === 'This') return {attribute: undefined}
  if (node.type !== 'Array') return undefined
  const inside = node.elements.every(({value}) => placeOf(value) !== undefined)
  return inside ? {attribute: undefined} : undefined
}

/** `title`, `tags[]`, `body[].children[].text`, `pt::text(body)`: text as it stands in one attribute. */
function textAttributeOf(node: ExprNode): string | undefined {
  switch (node.type) {
    case 'Group':
    case 'ArrayCoerce':
      return textAttributeOf(node.base)
    case 'Map':
    case 'FlatMap':
      return isWithin(node.expr) ? textAttributeOf(node.base) : undefined
    case 'FuncCall': {
      const [argument] = node.args
      const isText = node.namespace === 'pt' && node.name === 'text'
      return isText && argument ? textAttributeOf(argument) : undefined
    }
    default:
      return topAttributeOf(node)
  }
}

/** A step of a traversal that stays in the element: `.text`, `[]`. */
function isWithin(node: ExprNode): boolean {
  if (node.type === 'This') return true
  if (node.type === 'AccessAttribute') return node.base === undefined || isWithin(node.base)
  if (node.type === 'ArrayCoerce' || node.type === 'Group') return isWithin(node.base)
  if (node.type === 'FlatMap' || node.type === 'Map') {
    return isWithin(node.base) && isWithin(node.expr)
  }
  return false
}

function askedBy(
  right: ExprNode,
  free: (node: ExprNode) => Evaluate | undefined,
): ((scope: Parameters<Evaluate>[0]) => WordTerm[]) | undefined {
  const isQuery = right.type === 'FuncCall' && right.namespace === 'text' && right.name === 'query'
  const [argument] = isQuery ? right.args : [right]
  const value = argument && free(argument)
  if (value === undefined) return undefined
  return (scope) => (isQuery ? termsOf(value(scope)) : patternsOf(value(scope)))
}

function termsOf(value: GroqValue): WordTerm[] {
  if (typeof value !== 'string') return []
  return parseTerms(value).filter(({negated}) => !negated)
}

function patternsOf(value: GroqValue): WordTerm[] {
  const texts = Array.isArray(value) ? value : [value]
  if (!texts.every((text) => typeof text === 'string')) return []
  return texts.flatMap(parsePatterns).flatMap((pattern) => {
    const [start = '', ...rest] = pattern.split('*')
    const inStart = words(start)
    return inStart.length === 0 ? [] : [{words: inStart, prefix: rest.length > 0}]
  })
}
