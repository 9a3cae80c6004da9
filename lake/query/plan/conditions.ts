import type {ExprNode} from 'groq-js'

import {groupIdOf} from '../../documents/ids.ts'
import {nested, type Evaluate} from '../evaluate/scope.ts'
import {PathPattern} from '../evaluate/pathPattern.ts'
import {OpaqueValue, type GroqValue} from '../evaluate/value.ts'
import type {Comparison, Condition, Key, Scalar} from '../selection.ts'
import {keyOf} from './keys.ts'
import {precisionOf, type Instantiate, type Narrowed} from './narrowed.ts'
import {isFree} from './reads.ts'
import {wordsCondition} from './words.ts'

type Compile = (node: ExprNode) => Evaluate

const unknown: Narrowed = {condition: {kind: 'always'}, exact: false}
const always: Narrowed = {condition: {kind: 'always'}, exact: true}
const never: Narrowed = {condition: {kind: 'never'}, exact: true}

/** Turns a filter into the store's terms as far as they go. */
export function planCondition(node: ExprNode, compile: Compile): Instantiate {
  return plan(node, compile, false)
}

/** `negated`: the condition of `!node`, under which what is null stays unmet. */
function plan(node: ExprNode, compile: Compile, negated: boolean): Instantiate {
  switch (node.type) {
    case 'Group':
      return plan(node.base, compile, negated)
    case 'Not':
      return plan(node.base, compile, !negated)
    case 'And':
    case 'Or': {
      const parts = [plan(node.left, compile, negated), plan(node.right, compile, negated)]
      const all = (node.type === 'And') !== negated
      return (scope) =>
        combine(
          all,
          parts.map((part) => part(scope)),
        )
    }
    case 'OpCall':
      return comparison(node, compile, negated)
    case 'InRange':
      return range(node, compile, negated)
    case 'FuncCall':
      return call(node, compile, negated)
    default:
      return alone(node, compile, negated)
  }
}

/** A value that stands for itself: a document meets it when it is `true`. */
function alone(node: ExprNode, compile: Compile, negated: boolean): Instantiate {
  const key = keyOf(node)
  if (key !== undefined) {
    const condition: Condition = {kind: 'compare', key, operator: '==', value: !negated}
    return () => ({condition, exact: true})
  }
  const value = free(node, compile)
  return value ? (scope) => (value(scope) === !negated ? always : never) : () => unknown
}

function combine(all: boolean, parts: readonly Narrowed[]): Narrowed {
  const precision = precisionOf(parts)
  const conditions = parts.map(({condition}) => condition)
  if (all) {
    if (conditions.some(({kind}) => kind === 'never')) return never
    const said = conditions.filter(({kind}) => kind !== 'always')
    if (said.length === 0) return {condition: {kind: 'always'}, ...precision}
    const [only] = said
    return {condition: said.length === 1 && only ? only : {kind: 'all', of: said}, ...precision}
  }
  if (conditions.some(({kind}) => kind === 'always'))
    return {condition: {kind: 'always'}, ...precision}
  return {condition: merged(conditions.filter(({kind}) => kind !== 'never')), ...precision}
}

/** Alternatives; several values of one key become one question. */
function merged(alternatives: readonly Condition[]): Condition {
  const values = alternatives.map(stringsOf)
  const [first] = alternatives
  if (first === undefined) return {kind: 'never'}
  if (alternatives.length === 1) return first
  if (first.kind === 'compare' || first.kind === 'oneOf') {
    const name = JSON.stringify(first.key)
    const same = alternatives.every(
      (one) => (one.kind === 'compare' || one.kind === 'oneOf') && JSON.stringify(one.key) === name,
    )
    if (same && values.every((strings) => strings !== undefined)) {
      return {kind: 'oneOf', key: first.key, values: values.flat(), negated: false}
    }
  }
  return {kind: 'any', of: alternatives}
}

function stringsOf(condition: Condition): readonly string[] | undefined {
  if (condition.kind === 'oneOf') return condition.negated ? undefined : condition.values
  if (condition.kind !== 'compare' || condition.operator !== '==') return undefined
  return typeof condition.value === 'string' ? [condition.value] : undefined
}

const opposite = {'==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>'} as const
const mirrored = {'==': '==', '!=': '!=', '<': '>', '>': '<', '<=': '>=', '>=': '<='} as const

function comparison(
  node: Extract<ExprNode, {type: 'OpCall'}>,
  compile: Compile,
  negated: boolean,
): Instantiate {
  const {op, left, right} = node
  if (op === 'in') return membership(left, right, compile, negated)
  if (op === 'match') {
    const words = negated ? undefined : wordsCondition(left, right, (inner) => free(inner, compile))
    return words ?? (() => unknown)
  }
  if (!isComparison(op)) return alone(node, compile, negated)
  const operator = negated ? opposite[op] : op
  const onLeft = keyOf(left)
  const key = onLeft ?? keyOf(right)
  const value = free(onLeft === undefined ? left : right, compile)
  if (key === undefined || value === undefined) return alone(node, compile, negated)
  const turned = onLeft === undefined ? mirrored[operator] : operator
  return (scope) => compared(key, turned, value(scope))
}

function isComparison(op: string): op is Comparison {
  return Object.hasOwn(opposite, op)
}

function compared(key: Key, operator: Comparison, value: GroqValue): Narrowed {
  if (value === null) {
    if (operator === '==' || operator === '!=') {
      return {condition: {kind: 'defined', key, negated: operator === '=='}, exact: true}
    }
    return never
  }
  if (!isStorable(value)) return unknown
  const condition: Condition = {kind: 'compare', key, operator, value}
  const isReference = operator === '==' && typeof value === 'string' && endsInRef(key)
  if (!isReference) return {condition, exact: true}
  return {
    condition: {kind: 'all', of: [{kind: 'references', ids: [value], negated: false}, condition]},
    exact: true,
  }
}

function range(
  node: Extract<ExprNode, {type: 'InRange'}>,
  compile: Compile,
  negated: boolean,
): Instantiate {
  const key = keyOf(node.base)
  const from = free(node.left, compile)
  const to = free(node.right, compile)
  if (key === undefined || from === undefined || to === undefined || negated) return () => unknown
  return (scope) =>
    combine(true, [
      compared(key, '>=', from(scope)),
      compared(key, node.isInclusive ? '<=' : '<', to(scope)),
    ])
}

function membership(
  left: ExprNode,
  right: ExprNode,
  compile: Compile,
  negated: boolean,
): Instantiate {
  const key = keyOf(left)
  const list = free(right, compile)
  if (key !== undefined && list !== undefined) {
    return (scope) => {
      const values = list(scope)
      if (values instanceof PathPattern) return underPath(key, values, negated)
      return isList(values) ? oneOf(key, values, negated) : never
    }
  }
  const wanted = free(left, compile)
  if (wanted === undefined || negated) return () => unknown
  const container = keyOf(right)
  const throughReferences = isReferences(right)
  return (scope) => {
    const value = wanted(scope)
    if (typeof value !== 'string' || !value.isWellFormed()) return unknown
    if (container !== undefined && 'steps' in container) {
      return {condition: {kind: 'holds', key: container, value}, exact: true}
    }
    if (!throughReferences) return unknown
    return {condition: {kind: 'references', ids: [value], negated: false}, exact: false}
  }
}

/** `topics[]._ref` and the like: ids that the document refers to. */
function isReferences(node: ExprNode): boolean {
  if (node.type !== 'Map' && node.type !== 'FlatMap') return false
  return node.expr.type === 'AccessAttribute' && node.expr.name === '_ref'
}

function oneOf(key: Key, values: readonly GroqValue[], negated: boolean): Narrowed {
  // Arrays and objects are equal to nothing.
  const scalars = values.filter(isScalar)
  if (
    scalars.some((value) => !isStorable(value)) ||
    values.some((value) => value instanceof OpaqueValue)
  )
    return unknown
  const strings = scalars.filter((value) => typeof value === 'string')
  const others = scalars.filter((value) => typeof value !== 'string')
  const parts = others.map((value) => compared(key, negated ? '!=' : '==', value))
  if (strings.length > 0) {
    const condition: Condition = {kind: 'oneOf', key, values: [...new Set(strings)], negated}
    const refer = {
      condition: {kind: 'references', ids: strings, negated: false},
      exact: true,
    } as const
    const exact = {condition, exact: true}
    parts.push(!negated && endsInRef(key) ? combine(true, [refer, exact]) : exact)
  }
  return combine(negated, parts)
}

function underPath(key: Key, pattern: PathPattern, negated: boolean): Narrowed {
  if (!('steps' in key) || key.steps.length !== 1 || key.steps[0] !== '_id') return unknown
  const found = /^((?:[^*]*\.)?)(\*\*|\*)$/.exec(pattern.pattern)
  if (found === null) return unknown
  const [, prefix = '', stars] = found
  if (prefix === '' && stars === '**') return negated ? never : always
  const depth = stars === '**' ? 'any' : 'one'
  return {condition: {kind: 'idUnder', prefix, depth, negated}, exact: true}
}

function call(
  node: Extract<ExprNode, {type: 'FuncCall'}>,
  compile: Compile,
  negated: boolean,
): Instantiate {
  const [argument] = node.args
  const name = `${node.namespace}::${node.name}`
  if (name === 'global::defined' && argument) {
    const key = keyOf(argument)
    if (key) return () => ({condition: {kind: 'defined', key, negated}, exact: true})
  }
  if (name === 'global::references') return references(node.args, compile, negated)
  const value = argument && free(argument, compile)
  if (name === 'sanity::versionOf' && value && !negated) {
    return (scope) => {
      const id = value(scope)
      if (typeof id !== 'string') return unknown
      return {condition: {kind: 'inGroups', ids: [id, groupIdOf(id)]}, exact: false}
    }
  }
  if (name === 'sanity::partOfRelease' && value && !negated) {
    return (scope) => {
      const release = value(scope)
      if (typeof release !== 'string') return unknown
      const short = release.replace(/^_\.releases\./, '')
      return {condition: {kind: 'inRelease', name: short}, exact: false}
    }
  }
  return alone(node, compile, negated)
}

function references(args: readonly ExprNode[], compile: Compile, negated: boolean): Instantiate {
  const values = args.map((argument) => free(argument, compile))
  return (scope) => {
    const ids: string[] = []
    for (const value of values) {
      if (value === undefined) return unknown
      const given = value(scope)
      for (const id of isList(given) ? given : [given]) if (typeof id === 'string') ids.push(id)
    }
    return {condition: {kind: 'references', ids, negated}, exact: true}
  }
}

/** An expression that does not depend on the document, run in the scope around the documents. */
function free(node: ExprNode, compile: Compile): Evaluate | undefined {
  if (!isFree(node)) return undefined
  const evaluate = compile(node)
  return (scope) => evaluate(nested(scope, null))
}

function endsInRef(key: Key): boolean {
  return 'steps' in key && key.steps.at(-1) === '_ref'
}

function isList(value: GroqValue): value is readonly GroqValue[] {
  return Array.isArray(value)
}

function isScalar(value: GroqValue): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/** Whether the store holds the value as it is: half of a surrogate pair would come back as another character. */
function isStorable(value: GroqValue): value is Scalar {
  return isScalar(value) && (typeof value !== 'string' || value.isWellFormed())
}
