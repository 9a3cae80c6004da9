import {writeFile} from 'node:fs/promises'

import type {SanityClient} from '@sanity/client'
import {expect} from 'vitest'

import {runScript, type Ending} from '../../../scripts/support/script.ts'
import type {CrashFolder, CrashKind} from './crash.ts'

const documents = Array.from({length: 400}, (_, index) => ({
  _id: `${index % 5 === 0 ? 'drafts.' : ''}imported-${index}`,
  _type: 'imported',
  text: `Text ${index} `.repeat(40),
  ...(index % 5 === 1 ? {next: {_type: 'reference', _ref: `imported-${index + 1}`}} : {}),
}))

async function argumentsFor({data}: CrashFolder): Promise<string[]> {
  const file = `${data}.ndjson`
  await writeFile(file, documents.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return [file, '--replace', '--data', data]
}

/** `npm run import` into a server that is killed. The import must not say that it has succeeded. */
export const importsIntoServer: CrashKind<Ending> = {
  calls: 700,
  async work({folder}) {
    return await runScript('import', await argumentsFor(folder))
  },
  async check({client, folder, evidence}) {
    await expectEachWhole(client)
    if (evidence?.code === 0) await expectAll(client)
    expect(await runScript('import', await argumentsFor(folder))).toMatchObject({code: 0, err: ''})
    await expectAll(client)
  },
}

/** `npm run import` into a folder that nobody serves, killed itself. */
export const importsIntoFolder: CrashKind<never> = {
  calls: 700,
  work: () => Promise.reject(new Error('No server is killed here.')),
  script: async (folder) => ({name: 'import', args: await argumentsFor(folder)}),
  async check({client, folder}) {
    await expectEachWhole(client)
    expect(await runScript('import', await argumentsFor(folder))).toMatchObject({code: 0, err: ''})
    await expectAll(client)
  },
}

const stored = '*[_type == "imported"] | order(_id) {_id, _type, text, next}'

async function expectEachWhole(client: SanityClient): Promise<void> {
  const texts = new Map(documents.map(({_id, text}) => [_id, text]))
  for (const {_id, text} of await client.fetch<typeof documents>(stored)) {
    expect({_id, text}).toEqual({_id, text: texts.get(_id)})
  }
}

async function expectAll(client: SanityClient): Promise<void> {
  const expected = documents
    .map((document) => ({next: null, ...document}))
    .toSorted((one, other) => (one._id < other._id ? -1 : 1))
  expect(await client.fetch(stored)).toEqual(expected)
}
