import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import fc from 'fast-check'
import {expect, test} from 'vitest'

import {nightly} from '../../support/nightly.ts'
import type {Caller} from '../../../lake/access/caller.ts'
import type {Read} from '../../../lake/documents/checking.ts'
import {isJsonObject, type JsonValue} from '../../../lake/documents/document.ts'
import {openDataset} from '../../../lake/documents/openDataset.ts'
import {movableClock, testEnvironment} from '../support/startLake.ts'
import {generatedDocuments} from './support/generatedDocuments.ts'
import {generatedQuery} from './support/generatedQueries.ts'
import {asJson, type Outcome} from './support/oracle.ts'
import {types} from './support/pools.ts'
import {parameters} from './support/queryTexts.ts'

/** Each run writes two transactions and asks the second this many queries, before and after. */
const queriesPerRun = 10

const numRuns = (nightly ? 20_000 : 1_500) / queriesPerRun

const caller: Caller = {
  kind: 'token',
  userId: 'somebody',
  displayName: 'Somebody',
  roles: [],
  reads: 'everything',
  may: () => true,
}

/** The public document that makes the lake run its check, and of which no query knows. */
const trigger = {_id: 'trigger', _type: 'trigger'}

/** What the check was answered, while nothing of the transaction is stored, is what the lake answers after it. */
test(
  'a transaction under way looks as it does once it is committed',
  {timeout: nightly ? 1_200_000 : 90_000},
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lake-overlay-'))
    const clock = movableClock()
    let askMeanwhile: (read: Read) => Promise<void> = async () => {}
    const dataset = await openDataset({
      name: 'production',
      projectId: 'testing',
      file: join(folder, 'production.sqlite'),
      environment: testEnvironment(clock),
      check: {
        types: ['trigger'],
        async objections(_, read) {
          await askMeanwhile(read)
          return []
        },
      },
    })
    const write = (mutations: object[]) => dataset.mutate(mutations, {}, caller)
    let present: string[] = []

    const property = fc.asyncProperty(
      generatedDocuments,
      generatedDocuments,
      fc.array(fc.nat(11), {maxLength: 4}),
      fc.array(generatedQuery, {minLength: queriesPerRun, maxLength: queriesPerRun}),
      async (first, second, deleted, queries) => {
        // Where a time stands in an answer, it is that of the transaction: the clock stands still.
        clock.advance(60_000)
        await write([
          ...present.map((id) => ({delete: {id}})),
          ...first.map((document) => ({create: weak(document)})),
        ])
        const answers: Outcome[] = []
        askMeanwhile = async (read) => {
          answers.splice(0)
          for (const {query} of queries) answers.push(await outcomeOf(read(query, parameters)))
        }
        clock.advance(60_000)
        const gone = deleted.flatMap((place) => first[place]?._id ?? [])
        await write([
          {createOrReplace: trigger},
          ...gone.map((id) => ({delete: {id}})),
          ...second.map((document) => ({createOrReplace: weak(document)})),
        ])
        for (const [place, {query}] of queries.entries()) {
          const asked = dataset.query({query, params: parameters, perspective: ['raw']}, caller)
          const expected = await outcomeOf(asked.then(({result}) => result))
          const answer = answers[place]
          if (answer && 'refused' in answer && answer.refused.includes('match')) continue
          expect({query, ...answer}).toEqual({query, ...expected})
        }
        present = ['trigger', ...first, ...second].map((one) =>
          typeof one === 'string' ? one : one._id,
        )
        present = [...new Set(present)]
      },
    )
    try {
      await fc.assert(property, {numRuns})
      expect(types).not.toContain(trigger._type)
    } finally {
      await dataset.close()
      await rm(folder, {recursive: true, force: true})
    }
  },
)

async function outcomeOf(asked: Promise<JsonValue>): Promise<Outcome> {
  try {
    return {answer: asJson(await asked)}
  } catch (error) {
    return {refused: error instanceof Error ? error.message : String(error)}
  }
}

/** No reference holds anything, so that every document can be deleted. */
function weak(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(weak)
  if (!isJsonObject(value)) return value
  const copy = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, inner === undefined ? inner : weak(inner)]),
  )
  return typeof copy['_ref'] === 'string' ? {...copy, _weak: true} : copy
}
