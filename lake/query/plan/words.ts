import type {ExprNode} from 'groq-js'

import type {Evaluate, Scope} from '../evaluate/scope.ts'
import type {GroqValue} from '../evaluate/value.ts'
import type {WordsCondition, WordTerm} from '../selection.ts'
import {parsePatterns, parseTerms} from '../text/terms.ts'
import {isSearched, runningTextOf} from '../text/textPattern.ts'
import {words} from '../text/tokens.ts'
import type {Instantiate} from './narrowed.ts'
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
    const {terms} = asked(scope)
    if (terms.length === 0) return {condition: {kind: 'always'}, exact: false}
    return {condition: {kind: 'words', attributes: place.attributes, terms}, exact: false}
  }
}

/**
 * The same for ranking, where nothing that is asked for may be left out: the words are `undefined` when they do not stand
 * for all of it (`match "*ing"`, `text::query("*")`).
 */
export function rankedWords(
  left: ExprNode,
  right: ExprNode,
  free: (node: ExprNode) => Evaluate | undefined,
): ((scope: Scope) => WordsCondition | undefined) | undefined {
  const place = placeOf(left)
  const asked = place && askedBy(right, free)
  if (place === undefined || asked === undefined) return undefined
  return (scope) => {
    const {terms, complete} = asked(scope)
    return complete && terms.length > 0
      ? {kind: 'words', attributes: place.attributes, terms}
      : undefined
  }
}

/** The attributes that an expression takes its text from; those of the whole document are `undefined`. */
function placeOf(node: ExprNode): {attributes: readonly string[] | undefined} | undefined {
  const attributes = textAttributesOf(node)
  if (attributes !== undefined) return {attributes}
  if (node.type === 'This') return {attributes: undefined}
  if (node.type !== 'Array') return undefined
  const places = node.elements.map(({value}) => placeOf(value))
  if (!places.every((place) => place !== undefined)) return undefined
  const named = places.map((place) => place.attributes)
  return named.every((some) => some !== undefined)
    ? {attributes: [...new Set(named.flat())]}
    : {attributes: undefined}
}

/** `title`, `tags[]`, `body[].children[].text`: text as it stands in one attribute. `pt::text(body)`: its running text. */
function textAttributesOf(node: ExprNode): readonly string[] | undefined {
  if (node.type === 'Group') return textAttributesOf(node.base)
  const [argument] = node.type === 'FuncCall' ? node.args : []
  const isText = node.type === 'FuncCall' && node.namespace === 'pt' && node.name === 'text'
  const attribute = attributeOf(isText && argument ? argument : node)
  if (attribute === undefined) return undefined
  return isText ? [runningTextOf(attribute)] : [attribute, runningTextOf(attribute)]
}

function attributeOf(node: ExprNode): string | undefined {
  switch (node.type) {
    case 'Group':
    case 'ArrayCoerce':
      return attributeOf(node.base)
    case 'Map':
    case 'FlatMap':
      return isWithin(node.expr) ? attributeOf(node.base) : undefined
    default:
      return isOfText(node) ? topAttributeOf(node) : undefined
  }
}

/** A step of a traversal that stays in the element: `.text`, `[]`. */
function isWithin(node: ExprNode): boolean {
  if (node.type === 'This') return true
  if (node.type === 'AccessAttribute') {
    return isSearched(node.name) && (node.base === undefined || isWithin(node.base))
  }
  if (node.type === 'ArrayCoerce' || node.type === 'Group') return isWithin(node.base)
  if (node.type === 'FlatMap' || node.type === 'Map') {
    return isWithin(node.base) && isWithin(node.expr)
  }
  return false
}

/** Whether all steps to a value are ones whose words the index has taken in. */
function isOfText(node: ExprNode): boolean {
  if (node.type === 'Group' || node.type === 'AccessElement') return isOfText(node.base)
  if (node.type !== 'AccessAttribute') return true
  return isSearched(node.name) && (node.base === undefined || isOfText(node.base))
}

/** `complete`: the terms are all that is asked for, but for what must not be there. */
type Asked = {terms: WordTerm[]; complete: boolean}

function askedBy(
  right: ExprNode,
  free: (node: ExprNode) => Evaluate | undefined,
): ((scope: Scope) => Asked) | undefined {
  const isQuery = right.type === 'FuncCall' && right.namespace === 'text' && right.name === 'query'
  const [argument] = isQuery ? right.args : [right]
  const value = argument && free(argument)
  if (value === undefined) return undefined
  return (scope) => (isQuery ? termsOf(value(scope)) : patternsOf(value(scope)))
}

function termsOf(value: GroqValue): Asked {
  if (typeof value !== 'string') return {terms: [], complete: false}
  const terms = parseTerms(value).filter(({negated}) => !negated)
  return {terms: terms.map(({words, prefix}) => ({words, prefix})), complete: true}
}

function patternsOf(value: GroqValue): Asked {
  const texts = Array.isArray(value) ? value : [value]
  if (!texts.every((text) => typeof text === 'string')) return {terms: [], complete: false}
  const patterns = texts.flatMap(parsePatterns)
  const terms = patterns.flatMap((pattern) => {
    const [start = '', ...rest] = pattern.split('*')
    const inStart = words(start)
    return inStart.length === 0 ? [] : [{words: inStart, prefix: rest.length > 0}]
  })
  const plain = patterns.every((pattern) => !pattern.slice(0, -1).includes('*'))
  return {terms, complete: plain && terms.length === patterns.length}
}
