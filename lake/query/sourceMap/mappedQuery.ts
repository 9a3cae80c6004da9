import type {ExprNode} from 'groq-js'

import type {JsonValue} from '../../documents/document.ts'
import type {Compile, QueryRun} from '../evaluate/scope.ts'
import {toJson} from '../evaluate/value.ts'
import {contentSourceMap, type ContentSourceMap, type SourceMapForm} from './contentSourceMap.ts'
import {unknown} from './origin.ts'
import {compileTrace} from './trace.ts'

export type MappedAnswer = {result: JsonValue; resultSourceMap: ContentSourceMap}

/** A query that tells where each value of its answer comes from. Slower than one that does not: only made when asked for. */
export function compileMapped(
  tree: ExprNode,
  compile: Compile,
  form: SourceMapForm,
): (run: QueryRun) => MappedAnswer {
  const trace = compileTrace(tree, compile)
  return (run) => {
    const root = {value: null, origin: unknown, parent: undefined, run, hidden: false}
    const {value, origin} = trace(root)
    const result = toJson(value)
    return {result, resultSourceMap: contentSourceMap(result, origin, form)}
  }
}
