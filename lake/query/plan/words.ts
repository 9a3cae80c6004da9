import type {ExprNode, FuncCallNode} from 'groq-js'

import type {Evaluate, Scope} from '../evaluate/scope.ts'
import type {GroqValue} from '../evaluate/value.ts'
import type {WordsCondition, WordTerm} from '../selection.ts'
import {parsePatterns, parseTerms} from '../text/terms.ts'
import {isSearched} from '../text/textPattern.ts'
import {isPlainWord, runningTextAt, runningTextIn, wayInto} from '../text/textPlaces.ts'
import {words} from '../text/tokens.ts'
import {blockWaysOf} from './blockWays.ts'
import type {Instantiate} from './narrowed.ts'
import {topAttributeOf} from './keys.ts'

/**
 * What `left match right` says about the words of a document. More documents have the words than match: they may stand
 * elsewhere, or with other accents; often the index can tell which. `undefined` where it knows nothing of them.
 */
export function wordsCondition(
  left: ExprNode,
  right: ExprNode,
  free: (node: ExprNode) => Evaluate | undefined,
): Instantiate | undefined {
  const place = placeOf(left, isTextQuery(right))
  if (place === undefined) return undefined
  const asked = askedBy(right, free)
  if (asked === undefined) return undefined
  return (scope) => {
    const found = asked(scope)
    if (found.terms.length === 0) return {condition: {kind: 'always'}, exact: false}
    const condition = conditionOf(place, found)
    return {condition, exact: false, certain: condition.told}
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
  const place = placeOf(left, isTextQuery(right))
  const asked = place && askedBy(right, free)
  if (place === undefined || asked === undefined) return undefined
  return (scope) => {
    const found = asked(scope)
    return found.complete && found.terms.length > 0 ? conditionOf(place, found) : undefined
  }
}

function conditionOf({places, told}: Place, asked: Asked): WordsCondition {
  return {kind: 'words', places, terms: asked.terms, told: told && asked.plain}
}

/**
 * Where an expression takes its text from, `undefined` for anywhere in the document; and whether `match` is given all that
 * stands there, and each attribute as a text of its own.
 */
type Place = {places: readonly string[] | undefined; told: boolean}

/** `deep`: `text::query` also looks into what a value holds. */
function placeOf(node: ExprNode, deep: boolean): Place | undefined {
  const place = textPlaceOf(node, deep)
  if (place !== undefined) return place
  if (node.type === 'This') return {places: undefined, told: false}
  if (node.type !== 'Array') return undefined
  const parts = node.elements.map(({value}) => placeOf(value, deep))
  if (!parts.every((part) => part !== undefined)) return undefined
  const named = parts.map(({places}) => places)
  if (!named.every((some) => some !== undefined)) return {places: undefined, told: false}
  const isFlat = node.elements.every(({value, isSplat}) => !isSplat && value.type !== 'Array')
  const told = isFlat && parts.every((part) => part.told)
  return {places: [...new Set(named.flat())], told}
}

/** `title`, `tags[]`, `body[].children[].text`: text as it stands in one attribute. `pt::text(body)`: its running text. */
function textPlaceOf(node: ExprNode, deep: boolean): Place | undefined {
  if (node.type === 'Group') return textPlaceOf(node.base, deep)
  const [argument] = node.type === 'FuncCall' ? node.args : []
  if (argument && node.type === 'FuncCall' && node.namespace === 'pt' && node.name === 'text') {
    const ways = blockWaysOf(argument)
    if (ways) return {places: [...new Set(ways.map(runningTextAt))], told: true}
    const within = attributeOf(argument)
    return within === undefined ? undefined : {places: [runningTextIn(within)], told: false}
  }
  const attribute = attributeOf(node)
  if (attribute === undefined) return undefined
  const way = wayInto('', attribute)
  const isAlone =
    node.type === 'AccessAttribute' && (node.base === undefined || node.base.type === 'This')
  return isAlone && !deep
    ? {places: [way], told: true}
    : {places: [way, runningTextIn(attribute)], told: false}
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

/**
 * `complete`: the terms are all that is asked for, but for what must not be there. `plain`: each is a word as `match` sees it,
 * or the beginning of one.
 */
type Asked = {terms: WordTerm[]; complete: boolean; plain: boolean}

function askedBy(
  right: ExprNode,
  free: (node: ExprNode) => Evaluate | undefined,
): ((scope: Scope) => Asked) | undefined {
  const isQuery = isTextQuery(right)
  const [argument] = isQuery ? right.args : [right]
  const value = argument && free(argument)
  if (value === undefined) return undefined
  return (scope) => (isQuery ? termsOf(value(scope)) : patternsOf(value(scope)))
}

function isTextQuery(node: ExprNode): node is FuncCallNode {
  return node.type === 'FuncCall' && node.namespace === 'text' && node.name === 'query'
}

function termsOf(value: GroqValue): Asked {
  if (typeof value !== 'string') return nothing
  const terms = parseTerms(value).filter(({negated}) => !negated)
  return {
    terms: terms.map(({words, prefix}) => ({words, prefix})),
    complete: true,
    plain: false,
  }
}

const nothing: Asked = {terms: [], complete: false, plain: false}

/** Longer ones would be cut off in the index. */
const longestPlain = 100

function patternsOf(value: GroqValue): Asked {
  const texts = Array.isArray(value) ? value : [value]
  if (!texts.every((text) => typeof text === 'string')) return nothing
  const patterns = texts.flatMap(parsePatterns)
  const terms = patterns.flatMap((pattern) => {
    const [start = '', ...rest] = pattern.split('*')
    const inStart = words(start)
    return inStart.length === 0 ? [] : [{words: inStart, prefix: rest.length > 0}]
  })
  const ending = patterns.every((pattern) => !pattern.slice(0, -1).includes('*'))
  const complete = ending && terms.length === patterns.length
  const plain = patterns.every(
    (pattern) => isPlainWord(pattern.replace(/\*$/, '')) && pattern.length <= longestPlain,
  )
  return {terms, complete, plain: complete && plain}
}
