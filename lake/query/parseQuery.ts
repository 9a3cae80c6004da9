import {GroqSyntaxError, parse, type ExprNode} from 'groq-js'

import type {JsonObject} from '../documents/document.ts'
import {LakeError, queryParseError} from '../errors.ts'
import {childrenOf} from './evaluate/children.ts'
import {functionNamed} from './functions/functions.ts'
import {takes} from './functions/table.ts'
import {TooMuchToRead} from './selection.ts'
import {RecentlyUsed} from './syntax/cache.ts'
import {callsIn, type WrittenCall} from './syntax/calls.ts'
import {disguise, undisguise, type Disguised} from './syntax/disguise.ts'
import {impossibleEscapes} from './syntax/escapes.ts'
import {scan, type Token} from './syntax/scan.ts'
import {structuralParameters} from './syntax/structuralParameters.ts'

/** A query as far as it can be read without its parameters. */
type Prepared = {
  query: string
  tokens: readonly Token[]
  calls: readonly WrittenCall[]
  disguised: Disguised
  /** Parameters that decide what the query means. */
  structural: readonly string[]
  trees: RecentlyUsed<ExprNode>
}

/** Hot queries are few and sent again and again; each keeps the trees of the last values of its structural parameters. */
const prepared = new RecentlyUsed<Prepared>(1000)
const treesOfOne = 20

/** Longer queries are parsed each time: they are made by programs, for once. */
const longestKept = 20_000

/** Functions that the hosted lake has and this one says no to, with the reason. */
const unavailable: {readonly [call: string]: string} = {
  'text::semanticSimilarity':
    'text::semanticSimilarity() needs embeddings, which the embedded lake does not have.',
}

/**
 * Parses GROQ. Parameters stand in the tree as such, except where a parameter decides what the query means: in slices and
 * other square brackets. The tree of a query that was asked before is the same object as then. Throws `queryParseError`
 * (400) with the place of the mistake.
 */
export function parseQuery(query: string, params: JsonObject): ExprNode {
  const known =
    query.length > longestKept ? prepare(query) : prepared.get(query, () => prepare(query))
  checkParameters(known, params)
  const structural = known.structural.map((name) => [name, params[name]] as const)
  return known.trees.get(JSON.stringify(structural), () =>
    parsePrepared(known, Object.fromEntries(structural)),
  )
}

function prepare(query: string): Prepared {
  const tokens = scan(query)
  for (const {start, end} of tokens.flatMap(impossibleEscapes)) {
    throw queryParseError(query, 'There is no such escape in a string.', start, end)
  }
  const calls = callsIn(tokens)
  return {
    query,
    tokens,
    calls,
    disguised: disguise(query, tokens, calls),
    structural: structuralParameters(tokens),
    trees: new RecentlyUsed(treesOfOne),
  }
}

/** A parameter that is not given is a mistake (GROQ specification, "Parameter expression"); those of `fn` are its own. */
function checkParameters({query, tokens}: Prepared, params: JsonObject): void {
  for (const [index, {kind, text, start, end}] of tokens.entries()) {
    if (kind !== 'parameter') continue
    if (Object.hasOwn(params, text.slice(1)) || isOfCustomFunction(tokens, index)) continue
    throw queryParseError(query, `param ${text} referenced, but not provided`, start, end)
  }
}

/** Whether the parameter stands in the declaration of a custom function, which ends with a semicolon. */
function isOfCustomFunction(tokens: readonly Token[], index: number): boolean {
  return tokens.some(({kind, text}, place) => place > index && kind === 'sign' && text === ';')
}

function parsePrepared(known: Prepared, params: JsonObject): ExprNode {
  const {query, disguised} = known
  try {
    // A comment may end the query; groq-js needs the line to end as well.
    const tree = undisguise(parse(`${disguised.text}\n`, {params, mode: 'delta'}))
    checkCalls(tree, known)
    return tree
  } catch (error) {
    if (error instanceof LakeError) throw error
    throw error instanceof GroqSyntaxError
      ? asParseError(query, error, disguised.positionOf(error.position))
      : asCallError(known, error)
  }
}

/** Runs `evaluate`; what the query asks for and cannot be had becomes a 400 with a sentence, never a 500. */
export function evaluating<Answer>(query: string, evaluate: () => Answer): Answer {
  try {
    return evaluate()
  } catch (error) {
    if (error instanceof LakeError || error instanceof TooMuchToRead) throw error
    // The store's own trouble is not the query's fault.
    if (error instanceof Error && error.name === 'SqliteError') throw error
    const told = `the query cannot be evaluated: ${reasonOf(error)}`
    throw queryParseError(query, told, 0, query.length)
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply, or its answer is too long'
  return error instanceof Error ? error.message : 'unknown reason'
}

function asParseError(query: string, error: GroqSyntaxError, at: number): LakeError {
  const ended = at >= query.trimEnd().length
  const position = ended ? Math.min(at, query.length) : at + query.slice(at).search(/\S/)
  const description = ended
    ? 'unexpected end-of-file, expected expression'
    : error.message
        .replace(/^Syntax error in GROQ query at position \d+: /, '')
        .replace('Unexpected end of query', `unexpected ${JSON.stringify(query[position])}`)
  return queryParseError(query, description, position, Math.min(position + 1, query.length))
}

/** Mistakes that groq-js finds behind the syntax come without a place: those of a call are told at the call. */
function asCallError({query, calls}: Prepared, error: unknown): LakeError {
  const reason = reasonOf(error)
  const name = /(?:function|namespace):? (\w+)/.exec(reason)?.[1]
  const call = calls.find((written) => written.name === name || written.namespace === name)
  return call === undefined
    ? queryParseError(query, reason, 0, query.length)
    : queryParseError(query, reason, call.start, call.argumentsStart - 1)
}

/** Refuses calls of functions that are not there or take another number of arguments. */
function checkCalls(tree: ExprNode, known: Prepared): void {
  if (tree.type === 'FuncCall') {
    const {namespace, name, args} = tree
    const called = functionNamed(namespace, name)
    if (called === undefined) {
      throw callError(
        known,
        tree,
        unavailable[`${namespace}::${name}`] ?? `Undefined function: ${name}`,
      )
    }
    if (!takes(called.arity, args.length)) {
      throw callError(known, tree, `Incorrect number of arguments to function ${name}().`)
    }
  }
  if (tree.type === 'PipeFuncCall' && tree.name === 'score' && !mayBeScored(tree.base)) {
    throw callError(known, {namespace: 'global', name: 'score'}, scoreOfOthers)
  }
  for (const child of childrenOf(tree)) checkCalls(child, known)
}

const scoreOfOthers = 'score() can only be used with documents, before anything is made of them.'

/** Whether what is scored is an array of whole documents, as far as its form tells. */
function mayBeScored(base: ExprNode): boolean {
  if (base.type === 'Group') return mayBeScored(base.base)
  return !['Map', 'FlatMap', 'Projection', 'AccessElement'].includes(base.type)
}

function callError(
  {query, calls}: Prepared,
  {namespace, name}: {namespace: string; name: string},
  description: string,
): LakeError {
  const call = calls.find((written) => written.namespace === namespace && written.name === name)
  return queryParseError(
    query,
    description,
    call?.start ?? 0,
    call === undefined ? query.length : call.argumentsStart - 1,
  )
}
