import fc from 'fast-check'
import {expect, test} from 'vitest'

import {nightly} from '../../support/nightly.ts'
import {generatedDocuments} from './support/generatedDocuments.ts'
import {generatedQuery} from './support/generatedQueries.ts'
import {askOracle} from './support/oracle.ts'
import {ownIndexes} from './support/pools.ts'
import {openWrittenDataset} from './support/writtenDataset.ts'

/** Each run writes its documents once and asks them this many queries. */
const queriesPerRun = 10

const numRuns = (nightly ? 50_000 : 2_000) / queriesPerRun

test.for([
  {dataset: 'a new dataset', indexed: []},
  {dataset: 'a dataset with indexes of its own', indexed: ownIndexes},
])(
  '$dataset answers what groq-js answers over the same documents',
  {timeout: nightly ? 1_200_000 : 60_000},
  async ({indexed}) => {
    const dataset = await openWrittenDataset({indexed})
    const queries = fc.array(generatedQuery, {minLength: queriesPerRun, maxLength: queriesPerRun})
    const property = fc.asyncProperty(generatedDocuments, queries, async (documents, asked) => {
      const stored = await dataset.write(documents)
      for (const query of asked) {
        const expected = askOracle(query, stored, dataset.context())
        const outcome = await dataset.ask(query)
        if ('refused' in expected && 'refused' in outcome) continue
        expect({...query, ...outcome}).toEqual({...query, ...expected})
      }
    })
    try {
      await fc.assert(property, {numRuns})
    } finally {
      await dataset.close()
    }
  },
)
