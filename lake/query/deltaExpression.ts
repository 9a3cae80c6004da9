import type {JsonObject, JsonValue, LakeDocument} from '../documents/document.ts'
import {queryParseError} from '../errors.ts'
import {rootScope, type Scope} from './evaluate/scope.ts'
import {toJson} from './evaluate/value.ts'
import {parseQuery} from './parseQuery.ts'
import {compiledOnce, runOver, type QueryContext} from './run.ts'
import {scan} from './syntax/scan.ts'
import {structuralParameters} from './syntax/structuralParameters.ts'

/** The change that an expression is asked about; null where there is no document. */
export type Delta = {before: LakeDocument | null; after: LakeDocument | null}

/** A GROQ expression about one change, parsed once: `before()` and `after()` are its two states. */
export type DeltaExpression = {
  /** Whether it asks the text index, which has to be up to date then. */
  asksForText: boolean
  evaluate(scope: Scope): JsonValue
}

const rawView = {perspective: {kind: 'raw'}, publicOnly: false} as const

/** Parses an expression with parameters of these names. Throws `queryParseError` for what is no GROQ. */
export function parseDelta(expression: string, parameters: readonly string[]): DeltaExpression {
  const [structural] = structuralParameters(scan(expression))
  if (structural !== undefined) {
    const told = `$${structural} cannot stand alone in square brackets here`
    throw queryParseError(expression, told, 0, expression.length)
  }
  const tree = parseQuery(expression, Object.fromEntries(parameters.map((name) => [name, null])))
  const {evaluate, asksForText} = compiledOnce(tree)
  return {asksForText, evaluate: (scope) => toJson(evaluate(scope))}
}

/**
 * Where expressions about a change stand: `@` is the document after it, or before it where the change deletes it, and `*`
 * is what the source holds.
 */
export function deltaScope(
  delta: Delta,
  params: JsonObject,
  context: Omit<QueryContext, 'publicOnly'>,
): Scope {
  // Several expressions share it: each may look at other attributes of what references lead to.
  const seeing = {syncTags: new Set<string>(), followed: undefined}
  const run = runOver({...context, publicOnly: false}, params, rawView, seeing)
  return rootScope({...run, delta}, delta.after ?? delta.before)
}
