import type {ExprNode} from 'groq-js'

import {childrenOf} from './children.ts'
import {costs} from './costs.ts'
import {referenceIn} from './references.ts'
import {nested, traversed, type Compile, type Scope} from './scope.ts'
import {isArray, isObject, type GroqValue} from './value.ts'

/** Tells the run which documents the elements will lead to. The scope is the one that the elements are evaluated in. */
export type Prefetch = (elements: readonly GroqValue[], inner: Scope) => void

/** A place in an expression that follows a reference. */
type Site = {
  /** How many references lead there: those of an author's employer are known once the author is there. */
  depth: number
  /** Whether it is in turn followed for the elements of an array. */
  repeated: boolean
  collect(scope: Scope, ids: Set<string>): void
}

/** By compilation: traversals and projections whose references those around them collect. */
const coveredBy = new WeakMap<Compile, Set<ExprNode>>()

/**
 * What has to be done before expressions are evaluated for many elements, so that all references of one depth are fetched
 * at once; `undefined` where they follow none, or where `traversal`, whose elements they are, is part of one that does it.
 */
export function prefetching(
  expressions: readonly ExprNode[],
  compile: Compile,
  traversal?: ExprNode,
): Prefetch | undefined {
  const stages = stagesOf(expressions, compile, traversal)
  if (stages.length === 0) return undefined
  return (elements, inner) => {
    for (const stage of stages) {
      const ids = new Set<string>()
      for (const element of elements) {
        inner.value = element
        for (const site of stage) site.collect(inner, ids)
      }
      if (ids.size > 0) inner.run.prefetch([...ids])
    }
  }
}

/** The same for a projection of one object, where it is worth it: for more than one reference. */
export function prefetchingOnce(
  projection: ExprNode,
  object: ExprNode,
  compile: Compile,
): Prefetch | undefined {
  if (isCovered(projection, compile) || !costs(object)) return undefined
  const sites = sitesIn(object, compile)
  if (sites.length < 2 && !sites.some(({repeated}) => repeated)) return undefined
  return prefetching([object], compile)
}

function stagesOf(
  expressions: readonly ExprNode[],
  compile: Compile,
  traversal: ExprNode | undefined,
): Site[][] {
  if (traversal !== undefined && isCovered(traversal, compile)) return []
  const sites = expressions.filter(costs).flatMap((expression) => sitesIn(expression, compile))
  const byDepth = Map.groupBy(sites, ({depth}) => depth)
  return [...byDepth].sort(([one], [other]) => one - other).map(([, stage]) => stage)
}

function isCovered(node: ExprNode, compile: Compile): boolean {
  return coveredBy.get(compile)?.has(node) ?? false
}

function cover(node: ExprNode, compile: Compile): void {
  coveredBy.set(compile, (coveredBy.get(compile) ?? new Set()).add(node))
}

/** Where the expression follows references whose ids can be told without evaluating more than paths. */
function sitesIn(node: ExprNode, compile: Compile): Site[] {
  switch (node.type) {
    case 'Deref':
      if (!isPath(node.base)) return sitesIn(node.base, compile)
      return [...sitesIn(node.base, compile), siteOf(node.base, compile)]
    case 'Projection':
      return [...sitesIn(node.base, compile), ...sitesInProjection(node, compile)]
    case 'Map':
    case 'FlatMap':
      return [...sitesIn(node.base, compile), ...sitesInTraversal(node, compile)]
    case 'Filter':
    case 'PipeFuncCall':
      return sitesIn(node.base, compile)
    case 'FuncCall':
      return node.namespace === 'diff' ? [] : node.args.flatMap((arg) => sitesIn(arg, compile))
    default:
      return costs(node) ? childrenOf(node).flatMap((child) => sitesIn(child, compile)) : []
  }
}

function siteOf(base: ExprNode, compile: Compile): Site {
  const depth = referencesIn(base)
  const evaluate = compile(base)
  return {
    depth,
    repeated: false,
    collect(scope, ids) {
      const id = referenceIn(evaluate(scope))
      if (id !== undefined) ids.add(id)
    },
  }
}

type Around = {base: ExprNode; expr: ExprNode} & ExprNode

/** What collects ids from a base's value, at one of the places inside. */
type Reach = (site: Site, scope: Scope, value: GroqValue, ids: Set<string>) => void

function sitesInProjection(node: Around, compile: Compile): Site[] {
  return sitesBehind(node, compile, (site, scope, value, ids) => {
    if (isObject(value)) site.collect(nested(scope, value), ids)
  })
}

function sitesInTraversal(node: Around, compile: Compile): Site[] {
  const sites = sitesBehind(node, compile, (site, scope, value, ids) => {
    if (!isArray(value)) return
    const inner = traversed(scope, null)
    for (const element of value) {
      inner.value = element
      site.collect(inner, ids)
    }
  })
  return sites.map((site) => ({...site, repeated: true}))
}

function sitesBehind(node: Around, compile: Compile, reach: Reach): Site[] {
  if (!isPath(node.base)) return []
  const inside = sitesIn(node.expr, compile)
  if (inside.length === 0) return []
  cover(node, compile)
  const base = compile(node.base)
  const depth = referencesIn(node.base)
  return inside.map((site) => ({
    depth: depth + site.depth,
    repeated: site.repeated,
    collect(scope, ids) {
      reach(site, scope, base(scope), ids)
    },
  }))
}

/** Whether an expression only walks from attribute to attribute, so that evaluating it twice costs next to nothing. */
function isPath(node: ExprNode): boolean {
  switch (node.type) {
    case 'This':
    case 'Parent':
    case 'Parameter':
    case 'Value':
      return true
    case 'AccessAttribute':
      return node.base === undefined || isPath(node.base)
    case 'AccessElement':
    case 'ArrayCoerce':
    case 'Deref':
    case 'Group':
    case 'Slice':
      return isPath(node.base)
    case 'Filter':
      return isPath(node.base) && !costs(node.expr)
    case 'Map':
    case 'FlatMap':
      return isPath(node.base) && isPath(node.expr)
    default:
      return false
  }
}

/** How many references a path follows one after the other. */
function referencesIn(node: ExprNode): number {
  const inner = childrenOf(node).reduce((sum, child) => sum + referencesIn(child), 0)
  return node.type === 'Deref' ? inner + 1 : inner
}
