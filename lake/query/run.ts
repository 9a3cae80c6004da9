import type {ExprNode} from 'groq-js'

import type {QueryRequest} from '../documents/dataset.ts'
import type {JsonObject, JsonValue, LakeDocument} from '../documents/document.ts'
import {isJsonObject} from '../documents/document.ts'
import {childrenOf} from './evaluate/children.ts'
import {compiler} from './evaluate/compile.ts'
import {rootScope, type Evaluate, type QueryRun} from './evaluate/scope.ts'
import {toJson} from './evaluate/value.ts'
import {evaluating, parseQuery} from './parseQuery.ts'
import {parsePerspective} from './perspective.ts'
import {readThroughReferences} from './plan/dereferenced.ts'
import {createPlanner} from './plan/planned.ts'
import {planWritten, type Write} from './plan/written.ts'
import {everything, type Condition, type DocumentSource, type View} from './selection.ts'
import type {ContentSourceMap, SourceMapForm} from './sourceMap/contentSourceMap.ts'
import {compileMapped} from './sourceMap/mappedQuery.ts'
import {documentTag, tagsOfCondition, anythingTag} from './syncTags.ts'

export type QueryContext = {
  source: DocumentSource
  identity: string
  now: Date
  projectId: string
  dataset: string
  /** Only what anyone may read, whatever the perspective. */
  publicOnly: boolean
}

type Answer = {result: JsonValue; resultSourceMap?: ContentSourceMap}

/** What an answer depends on, for the live API. */
type Tagged = {syncTags: readonly string[]}

export type QueryOutcome = Answer & Tagged

/** An outcome whose result the store has written as JSON text. */
export type WrittenOutcome = Tagged & {written: string}

/** A query that is ready to be run. */
export type PreparedQuery = {
  /** Whether it asks the text index, which has to be up to date then. */
  asksForText: boolean
  /** Throws `LakeError` 400 for what cannot be evaluated. */
  run(context: QueryContext): QueryOutcome
  /** The same, with the result as text where nobody had to parse it. */
  write(context: QueryContext): QueryOutcome | WrittenOutcome
}

type Compiled = {
  evaluate: Evaluate
  write: Write | undefined
  asksForText: boolean
  /** What is read of the documents that references lead to; `undefined` for all of them. */
  followed: readonly string[] | undefined
}

/** Closures of trees that are asked again; a tree that is parsed no more takes its closure with it. */
const compiled = new WeakMap<ExprNode, Compiled>()

/**
 * Makes a GROQ query ready: what the store can answer by itself is planned as selections, closures evaluate the rest.
 * Throws `LakeError` 400 when it cannot be parsed or has no such perspective.
 */
export function prepareQuery(request: QueryRequest): PreparedQuery {
  const {query, params} = request
  const perspective = parsePerspective(request.perspective)
  const tree = parseQuery(query, params)
  const {asksForText, followed, answer} = evaluating(query, () =>
    answering(tree, request.sourceMap),
  )
  const write = (context: QueryContext) => {
    const syncTags = new Set<string>()
    const view = {perspective, publicOnly: context.publicOnly}
    const run = runOver(context, params, view, {syncTags, followed})
    const answered = evaluating(query, () => answer(run))
    return {...answered, syncTags: syncTags.has(anythingTag) ? [anythingTag] : [...syncTags]}
  }
  return {asksForText, run: (context) => read(write(context)), write}
}

/** An outcome with its result as a value. */
export function read(outcome: QueryOutcome | WrittenOutcome): QueryOutcome {
  if (!('written' in outcome)) return outcome
  const {written, syncTags} = outcome
  return {result: JSON.parse(written), syncTags}
}

function answering(
  tree: ExprNode,
  sourceMap: SourceMapForm | undefined,
): Omit<Compiled, 'evaluate' | 'write'> & {
  answer(run: QueryRun): Answer | {written: string}
} {
  if (sourceMap !== undefined) {
    const compile = compiler(tree, {planned: createPlanner()})
    const answer = compileMapped(tree, compile, sourceMap)
    return {asksForText: matches(tree), followed: undefined, answer}
  }
  const {evaluate, write, ...known} = compiledOnce(tree)
  const answer = (run: QueryRun) => {
    const scope = rootScope(run)
    const written = write?.(scope)
    return written === undefined ? {result: toJson(evaluate(scope))} : {written}
  }
  return {...known, answer}
}

/** The closure of a tree, with what the store can answer by itself planned; made once for a tree. */
export function compiledOnce(tree: ExprNode): Compiled {
  const known = compiled.get(tree)
  if (known) return known
  const compile = compiler(tree, {planned: createPlanner()})
  const made = {
    evaluate: compile(tree),
    write: planWritten(tree, compile),
    asksForText: matches(tree),
    followed: readThroughReferences(tree),
  }
  compiled.set(tree, made)
  return made
}

function matches(node: ExprNode): boolean {
  return (node.type === 'OpCall' && node.op === 'match') || childrenOf(node).some(matches)
}

/**
 * What an expression is run against: the documents of a source as a view shows them. `syncTags` gets what is looked at,
 * `followed` is what is read of the documents that references lead to.
 */
export function runOver(
  context: QueryContext,
  params: JsonObject,
  view: View,
  {syncTags, followed}: {syncTags: Set<string>; followed: readonly string[] | undefined},
): QueryRun {
  const {now, identity, projectId, dataset} = context
  const source = noting(context.source, syncTags)
  const references = new References(source, view, {syncTags, followed})
  let all: LakeDocument[] | undefined
  return {
    params,
    now,
    identity,
    projectId,
    dataset,
    stored: {source, view},
    everything() {
      all ??= Array.from(source.select(allDocuments, view)).filter(isLakeDocument)
      return all
    },
    document: (id) => references.document(id),
    prefetch: (ids) => references.prefetch(ids),
    referrerCount: (id) => source.referrerCount(id, view),
  }
}

const allDocuments = {
  where: everything,
  order: [],
  offset: 0,
  limit: undefined,
  attributes: undefined,
}

/** The same source, noting what an answer depends on. */
function noting(source: DocumentSource, syncTags: Set<string>): DocumentSource {
  const note = (where: Condition) => {
    for (const tag of tagsOfCondition(where)) syncTags.add(tag)
  }
  const {written} = source
  return {
    select(selection, view) {
      note(selection.where)
      return source.select(selection, view)
    },
    ...(written && {
      written(selection, view) {
        note(selection.where)
        return written.call(source, selection, view)
      },
    }),
    count(where, view) {
      note(where)
      return source.count(where, view)
    },
    byId: (ids, view, attributes) => source.byId(ids, view, attributes),
    referrerCount(id, view) {
      syncTags.add(anythingTag)
      return source.referrerCount(id, view)
    },
  }
}

/** Looks referenced documents up by id, each at most once a query. The answer depends on each, whether it is there or not. */
class References {
  readonly #known = new Map<string, JsonObject | undefined>()
  readonly #source: DocumentSource
  readonly #view: View
  readonly #syncTags: Set<string>
  readonly #followed: readonly string[] | undefined

  constructor(
    source: DocumentSource,
    view: View,
    {syncTags, followed}: {syncTags: Set<string>; followed: readonly string[] | undefined},
  ) {
    this.#source = source
    this.#view = view
    this.#syncTags = syncTags
    this.#followed = followed
  }

  document(id: string): JsonObject | undefined {
    if (!this.#known.has(id)) this.prefetch([id])
    return this.#known.get(id)
  }

  prefetch(ids: readonly string[]): void {
    const unknown = [...new Set(ids)].filter((id) => !this.#known.has(id))
    if (unknown.length === 0) return
    for (const id of unknown) {
      this.#known.set(id, undefined)
      this.#syncTags.add(documentTag(id))
    }
    for (const {id, document} of this.#source.byId(unknown, this.#view, this.#followed)) {
      this.#known.set(id, document)
    }
  }
}

function isLakeDocument(value: unknown): value is LakeDocument {
  return isJsonObject(value) && typeof value['_id'] === 'string'
}
