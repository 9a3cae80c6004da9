import {evaluateSync, parse} from 'groq-js'

import type {LakeDocument} from '../../../../lake/documents/document.ts'
import type {GeneratedQuery} from './generatedQueries.ts'
import {parameters} from './queryTexts.ts'

/** What a query came to, either way of asking it: an answer as JSON, or a refusal. */
export type Outcome = {answer: unknown} | {refused: string}

/** Asks groq-js, over all documents as the perspective shows them. */
export function askOracle(
  {query, perspective, reads}: GeneratedQuery,
  documents: readonly LakeDocument[],
  context: {now: Date; identity: string; projectId: string; dataset: string},
): Outcome {
  const {now, identity, projectId, dataset} = context
  try {
    const {data} = evaluateSync(parse(query, {params: parameters}), {
      dataset: shown(readable(documents, reads), perspective),
      params: parameters,
      timestamp: now,
      identity,
      sanity: {projectId, dataset},
    })
    return {answer: asJson(data)}
  } catch (error) {
    return {refused: error instanceof Error ? error.message : String(error)}
  }
}

/** What JSON makes of a value: what goes over the wire is compared, and only that. */
export function asJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value))
}

function readable(documents: readonly LakeDocument[], reads: GeneratedQuery['reads']) {
  return reads === 'public' ? documents.filter(({_id}) => !_id.includes('.')) : documents
}

/**
 * The overlay as the API describes it ("Perspectives"): of each story the first of the stack that is there, under
 * the id that they share. In `_id` order, as the lake answers what nobody ordered.
 */
function shown(
  documents: readonly LakeDocument[],
  perspective: readonly string[],
): readonly LakeDocument[] {
  const byId = new Map(documents.map((document) => [document._id, document]))
  const isPublished = (id: string) => !/^(drafts|versions\.[^.]+)\./.test(id)
  if (perspective.includes('raw')) return inIdOrder(documents)
  if (perspective.length === 1 && perspective[0] === 'published') {
    return inIdOrder(documents.filter(({_id}) => isPublished(_id)))
  }
  const prefixes = perspective
    .filter((name) => name !== 'published')
    .map((name) => (name === 'drafts' ? 'drafts.' : `versions.${name}.`))
  const groups = new Set(documents.map(({_id}) => _id.replace(/^(drafts|versions\.[^.]+)\./, '')))
  return inIdOrder(
    [...groups].flatMap((group) => {
      const first = [...prefixes, ''].map((prefix) => byId.get(prefix + group)).find(Boolean)
      return first === undefined ? [] : [{...first, _id: group, _originalId: first._id}]
    }),
  )
}

function inIdOrder(documents: readonly LakeDocument[]): readonly LakeDocument[] {
  return [...documents].sort((one, other) => (one._id < other._id ? -1 : 1))
}
