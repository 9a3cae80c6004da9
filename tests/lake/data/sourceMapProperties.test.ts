import fc from 'fast-check'
import {expect, test} from 'vitest'

import {nightly} from '../../support/nightly.ts'
import type {JsonObject, LakeDocument} from '../../../lake/documents/document.ts'
import type {ContentSourceMap} from '../../../lake/query/sourceMap/contentSourceMap.ts'
import {generatedDocuments} from '../query/support/generatedDocuments.ts'
import {generatedQuery} from '../query/support/generatedQueries.ts'
import {openWrittenDataset} from '../query/support/writtenDataset.ts'

const queriesPerRun = 10

test(
  'a source map changes no answer, names every scalar, and what it names stands there',
  {timeout: nightly ? 600_000 : 60_000},
  async () => {
    const dataset = await openWrittenDataset()
    const queries = fc.array(generatedQuery, {minLength: queriesPerRun, maxLength: queriesPerRun})
    const property = fc.asyncProperty(generatedDocuments, queries, async (documents, asked) => {
      const stored = await dataset.write(documents)
      for (const query of asked) {
        const plain = await dataset.ask(query)
        if ('refused' in plain) continue
        const {result, resultSourceMap} = await dataset.askMapped(query)

        expect({...query, answer: JSON.parse(JSON.stringify(result))}).toEqual({...query, ...plain})
        const scalars = new Map(scalarsIn(result, '$'))
        const mappings = Object.entries(resultSourceMap?.mappings ?? {})
        expect(mappings.map(([path]) => path).sort()).toEqual([...scalars.keys()].sort())
        const named = mappings.flatMap(([path, {source}]) =>
          source['type'] === 'documentValue' ? [{path, source}] : [],
        )
        expect({
          ...query,
          named: named.map(({path, source}) => [
            path,
            storedValue(stored, source, resultSourceMap),
          ]),
        }).toEqual({...query, named: named.map(({path}) => [path, scalars.get(path)])})
      }
    })
    try {
      await fc.assert(property, {numRuns: (nightly ? 10_000 : 1_000) / queriesPerRun})
    } finally {
      await dataset.close()
    }
  },
)

/** Every scalar of an answer under its JSONPath. */
function scalarsIn(value: unknown, at: string): [string, unknown][] {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => scalarsIn(element, `${at}[${index}]`))
  }
  if (typeof value !== 'object' || value === null) return [[at, value]]
  return Object.entries(value).flatMap(([name, inner]) =>
    scalarsIn(inner, `${at}['${escaped(name)}']`),
  )
}

function escaped(name: string): string {
  return JSON.stringify(name)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", "\\'")
}

/** What stands in the document that a source names, at the path that it names. */
function storedValue(
  stored: readonly LakeDocument[],
  source: JsonObject,
  map: ContentSourceMap | undefined,
): unknown {
  const id = map?.documents[Number(source['document'])]?._id
  const path = map?.paths[Number(source['path'])] ?? '$'
  let value: unknown = stored.find(({_id}) => _id === id)
  for (const step of path.matchAll(/\['((?:[^'\\]|\\.)*)'\]|\[(\d+)\]/g)) {
    const name =
      step[2] ?? JSON.parse(`"${(step[1] ?? '').replaceAll("\\'", "'").replaceAll('"', '\\"')}"`)
    value = Object(value)[name]
  }
  return value
}
