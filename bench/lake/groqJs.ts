import {evaluate, parse} from 'groq-js'

import type {Dataset} from '../../lake/documents/dataset.ts'
import type {LakeDocument} from '../../lake/documents/document.ts'
import type {Caller} from '../../lake/access/caller.ts'
import type {Clock} from '../../lake/environment.ts'
import type {Work} from './works.ts'

/** groq-js over the published documents of a dataset, all of them in memory; references are looked up in a map. */
export async function groqJsOver(
  dataset: Dataset,
  reader: Caller,
  clock: Clock,
): Promise<(work: Work) => Promise<unknown>> {
  const documents: LakeDocument[] = []
  for await (const document of dataset.exportDocuments(undefined, reader)) documents.push(document)
  const byId = new Map(documents.map((document) => [document._id, document]))
  return async ({query, params}) => {
    const value = await evaluate(parse(query, {params}), {
      dataset: documents,
      params,
      timestamp: clock.now(),
      dereference: async ({_ref}) => byId.get(_ref),
    })
    const answer: unknown = await value.get()
    return answer
  }
}
