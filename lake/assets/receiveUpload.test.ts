import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {keepUpload, receiveUpload} from './receiveUpload.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upload-'))
})

afterEach(() => rm(folder, {recursive: true}))

function bodyOf(...chunks: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk))
      controller.close()
    },
  })
}

test('counts and hashes what comes in, and keeps it under the name of its hash', async () => {
  const received = await receiveUpload(bodyOf('ab', 'c'), join(folder, 'incoming', '1'), 100)

  expect(received).toEqual({
    file: join(folder, 'incoming', '1'),
    sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
    size: 3,
  })
  await keepUpload(received.file, join(folder, 'a9', received.sha1))
  expect(await readFile(join(folder, 'a9', received.sha1), 'utf8')).toBe('abc')
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
})

test.each([
  ['is too large', bodyOf('abc', 'def'), {code: 'uploadTooLarge', status: 413}],
  ['is empty', bodyOf(), {code: 'uploadEmpty', status: 400}],
  ['is missing', null, {code: 'uploadEmpty', status: 400}],
])('leaves nothing behind of a body that %s', async (_case, body, refusal) => {
  await expect(receiveUpload(body, join(folder, '1'), 5)).rejects.toMatchObject(refusal)

  expect(await readdir(folder)).toEqual([])
})

test('leaves nothing behind of a body that breaks off', async () => {
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error('The line went dead.')),
  })

  await expect(receiveUpload(body, join(folder, '1'), 5)).rejects.toThrow('The line went dead.')

  expect(await readdir(folder)).toEqual([])
})
