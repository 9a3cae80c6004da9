import {GroqSyntaxError, parse, type ExprNode} from 'groq-js'

import type {JsonObject} from '../documents/document.ts'
import {LakeError, queryParseError} from '../errors.ts'
import {withReleaseNames} from './releaseNames.ts'

/** Parses GROQ with its parameters put in. Throws `queryParseError` (400) with the place of the mistake. */
export function parseQuery(query: string, params: JsonObject): ExprNode {
  try {
    // A comment may end the query; groq-js needs the line to end as well.
    const tree = parse(`${query}\n`, {params})
    return query.includes('partOfRelease') ? withReleaseNames(tree) : tree
  } catch (error) {
    throw asParseError(query, error)
  }
}

/** Runs `evaluate`; what the query asks for and cannot be had becomes a 400 with a sentence, never a 500. */
export function evaluating<Answer>(query: string, evaluate: () => Answer): Answer {
  try {
    return evaluate()
  } catch (error) {
    if (error instanceof LakeError) throw error
    const reason = error instanceof Error ? error.message : 'unknown reason'
    throw queryParseError(query, `the query cannot be evaluated: ${reason}`, 0, query.length)
  }
}

function asParseError(query: string, error: unknown): LakeError {
  if (!(error instanceof GroqSyntaxError)) {
    const reason = error instanceof Error ? error.message : 'unknown reason'
    return queryParseError(query, reason, 0, query.length)
  }
  const position = Math.min(error.position, query.length)
  const ended = position >= query.trimEnd().length
  const description = ended
    ? 'unexpected end-of-file, expected expression'
    : error.message.replace(/^Syntax error in GROQ query at position \d+: /, '')
  return queryParseError(query, description, position, Math.min(position + 1, query.length))
}
