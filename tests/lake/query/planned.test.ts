import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {generatedDocuments} from './support/generatedDocuments.ts'
import {generatedQuery} from './support/generatedQueries.ts'
import {askOracle} from './support/oracle.ts'
import {openWrittenDataset, type WrittenDataset} from './support/writtenDataset.ts'

const nightly = process.env['DATELINE_NIGHTLY'] === '1'

/** Each run writes its documents once and asks them this many queries. */
const queriesPerRun = 10

const numRuns = (nightly ? 50_000 : 2_000) / queriesPerRun

let dataset: WrittenDataset
beforeAll(async () => {
  dataset = await openWrittenDataset()
})
afterAll(() => dataset.close())

test(
  'what the lake answers is what groq-js answers over the same documents',
  {timeout: nightly ? 1_200_000 : 60_000},
  async () => {
    const queries = fc.array(generatedQuery, {minLength: queriesPerRun, maxLength: queriesPerRun})
    await fc.assert(
      fc.asyncProperty(generatedDocuments, queries, async (documents, asked) => {
        const stored = await dataset.write(documents)
        for (const query of asked) {
          const expected = askOracle(query, stored, dataset.context)
          const outcome = await dataset.ask(query)
          if ('refused' in expected && 'refused' in outcome) continue
          expect({...query, ...outcome}).toEqual({...query, ...expected})
        }
      }),
      {numRuns},
    )
  },
)
