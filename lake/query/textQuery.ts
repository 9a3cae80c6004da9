import {parse, type ExprNode} from 'groq-js'

import {isJsonObject} from '../documents/document.ts'

/** The documents at hand, and what an expression stands for in one of them. */
export type TextSource = {
  documents: readonly {_id: string}[]
  valueOf(expression: ExprNode, document: {_id: string}): unknown
}

/**
 * Puts expressions that groq-js can evaluate where a query says `… match text::query(…)`. It becomes a question about
 * `_id`, answered here by looking through the documents at hand, and beside it one `match` a term: that one ranks what
 * was found, and stands alone where no document is asked but something inside one.
 */
export function rewriteTextQueries(tree: ExprNode, source: TextSource): ExprNode {
  const rewrite = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(rewrite)
    if (!isJsonObject(node)) return node
    const text = textQueryOf(node)
    if (text !== undefined) return replacement(node['left'], text, source)
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, rewrite(inner)]))
  }
  const rewritten = rewrite(tree)
  return isExpression(rewritten) ? rewritten : tree
}

type Term = {words: string[]; prefix: boolean; negated: boolean}

/** Whitespace-separated terms, all wanted: `foo*` a beginning, `-foo` not, `"…"` a phrase. */
export function parseTextQuery(text: string): Term[] {
  const found = text.match(/-?"[^"]*"|\S+/g) ?? []
  return found.flatMap((raw) => {
    const negated = raw.startsWith('-') && raw.length > 1
    const body = (negated ? raw.slice(1) : raw).replaceAll('"', ' ')
    const words = tokens(body)
    return words.length === 0 ? [] : [{words, prefix: body.trimEnd().endsWith('*'), negated}]
  })
}

/** Words in lower case and without accents, as matching sees them. */
export function tokens(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
  return plain.match(/[\p{L}\p{N}_]+/gu) ?? []
}

function replacement(left: unknown, text: string, source: TextSource): ExprNode {
  const terms = parseTextQuery(text)
  if (terms.length === 0) return parse('true')
  const ids = isExpression(left) ? idsOfMatching(left, terms, source) : []
  const clauses = terms.map(({words, prefix, negated}) => {
    const pattern = words.join(' ') + (prefix ? '*' : '')
    const clause = `(@ match ${JSON.stringify(pattern)})`
    return negated ? `!${clause}` : clause
  })
  const found = `_id in $ids || ((_id in $ids || !defined(_id)) && ${clauses.join(' && ')})`
  return withLeft(parse(found, {params: {ids}}), left)
}

function idsOfMatching(left: ExprNode, terms: readonly Term[], source: TextSource): string[] {
  return source.documents
    .filter((document) => matchesTerms(stringsIn(source.valueOf(left, document)), terms))
    .map(({_id}) => _id)
}

/** The same expression with the left side of each `match` exchanged. */
function withLeft(tree: ExprNode, left: unknown): ExprNode {
  const exchange = (node: unknown): unknown => {
    if (!isJsonObject(node)) return node
    if (node['type'] === 'OpCall' && node['op'] === 'match') return {...node, left}
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, exchange(inner)]))
  }
  const exchanged = exchange(tree)
  return isExpression(exchanged) ? exchanged : tree
}

function textQueryOf(node: {[key: string]: unknown}): string | undefined {
  const {type, op, right} = node
  if (type !== 'OpCall' || op !== 'match' || !isJsonObject(right)) return undefined
  if (right['type'] !== 'FuncCall' || right['namespace'] !== 'text') return undefined
  const argument = Array.isArray(right['args']) ? right['args'][0] : undefined
  const value = isJsonObject(argument) ? argument['value'] : undefined
  return typeof value === 'string' ? value : undefined
}

function matchesTerms(texts: readonly string[], terms: readonly Term[]): boolean {
  const sequences = texts.map(tokens)
  return terms.every((term) => {
    const matched = sequences.some((words) => holds(words, term))
    return term.negated ? !matched : matched
  })
}

/** Whether the term's words stand in a row, the last one as a beginning where asked. */
function holds(words: readonly string[], {words: wanted, prefix}: Term): boolean {
  const last = wanted.length - 1
  return words.some((_, start) =>
    wanted.every((word, offset) => {
      const here = words[start + offset]
      return prefix && offset === last ? here?.startsWith(word) : here === word
    }),
  )
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(stringsIn)
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key.startsWith('_') && key !== '_id' ? [] : stringsIn(inner),
  )
}

function isExpression(value: unknown): value is ExprNode {
  return isJsonObject(value) && typeof value['type'] === 'string'
}
