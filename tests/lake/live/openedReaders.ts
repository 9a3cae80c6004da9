import {afterEach} from 'vitest'

import {readEvents, type EventReader} from './eventReader.ts'

/** The event streams that a file's tests open: each is closed after the test that opened it. */
export type OpenedReaders = {
  read(url: string, headers: {[name: string]: string}): Promise<EventReader>
  keep(reader: EventReader): EventReader
}

export function openedReaders(): OpenedReaders {
  const readers: EventReader[] = []
  afterEach(async () => {
    await Promise.all(readers.splice(0).map((reader) => reader.close()))
  })
  const keep = (reader: EventReader) => {
    readers.push(reader)
    return reader
  }
  return {keep, read: async (url, headers) => keep(await readEvents(url, headers))}
}
