import {expect} from 'vitest'

import {prepareFolder, type CrashFolder, type CrashKind} from './crash.ts'
import {openToFill, writer} from './filling.ts'

const size = 300

const textOf = (index: number, turn: string) => `The ${turn} text of ${index}. `.repeat(60)
const idOf = (index: number) => `packed-${index}`
const transactionOf = (index: number, turn: string) => `${turn}-${index}`

/** A folder with a long history that has not been packed: whoever wrote it left before it was quiet. */
export async function unpackedFolder(data: string): Promise<CrashFolder> {
  const folder = await prepareFolder(data)
  const dataset = await openToFill(data)
  const write = (index: number, turn: string, mutation: object) =>
    dataset.mutate([mutation], {transactionId: transactionOf(index, turn)}, writer)
  for (let index = 0; index < size; index++) {
    const attributes = {_id: idOf(index), _type: 'packed'}
    await write(index, 'first', {create: {...attributes, text: textOf(index, 'first')}})
    await write(index, 'second', {
      createOrReplace: {...attributes, text: textOf(index, 'second')},
    })
    if (index % 3 === 0) await write(index, 'last', {delete: {id: idOf(index)}})
  }
  await dataset.close()
  return folder
}

/** History is packed while somebody writes now and then. Every revision of every document has to be there afterwards. */
export const packing: CrashKind<void> = {
  calls: 1200,
  async work({client}) {
    try {
      for (let time = 0; time < 40; time++) {
        await client.createOrReplace({_id: 'new', _type: 'new', text: textOf(time, 'new')})
        await client.fetch('*[_type == "packed" && text match "nothing"]')
      }
    } catch (error) {
      expect(String(error)).toMatch(/fetch failed|terminated|closed|ECONN/)
    }
  },
  async check({client}) {
    for (let index = 0; index < size; index++) {
      for (const turn of ['first', 'second']) {
        const {documents} = await client.request<{documents: {text: string}[]}>({
          url: `/data/history/production/documents/${idOf(index)}`,
          query: {revision: transactionOf(index, turn)},
        })
        expect(documents.map(({text}) => text)).toEqual([textOf(index, turn)])
      }
    }
  },
}
