import {createHash, randomBytes} from 'node:crypto'
import {readdirSync} from 'node:fs'
import {join} from 'node:path'

import type {SanityClient} from '@sanity/client'
import sharp from 'sharp'
import {expect} from 'vitest'

import type {CrashKind} from './crash.ts'

type Uploaded = {path: string; sha1: string}

/** Files and pictures by two people at once. */
export const uploads: CrashKind<Uploaded[]> = {
  calls: 500,
  async work({client}) {
    const acknowledged: Uploaded[] = []
    const files = await Promise.all(Array.from({length: 24}, (_, index) => someFile(index)))
    const sendAll = async () => {
      for (let file = files.shift(); file; file = files.shift()) {
        const answer = await upload(client, file).catch(() => undefined)
        if (answer === undefined) return
        acknowledged.push(answer)
      }
    }
    await Promise.all([sendAll(), sendAll()])
    return acknowledged
  },
  async check({client, folder, evidence = []}) {
    for (const {path, sha1} of evidence) {
      const answer = await fetch(new URL(path, client.config().apiHost))
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect({path, sha1: createHash('sha1').update(bytes).digest('hex')}).toEqual({path, sha1})
    }
    await upload(client, await someFile(0))
    await upload(client, await someFile(1))
    expect(readdirSync(join(folder.data, 'assets', 'production', 'incoming'))).toEqual([])
  },
}

type SomeFile = {kind: 'file' | 'image'; bytes: Buffer}

async function someFile(index: number): Promise<SomeFile> {
  if (index % 3 > 0) return {kind: 'file', bytes: randomBytes(1 + index * 20_000)}
  const [r = 0, g = 0, b = 0] = randomBytes(3)
  const picture = sharp({create: {width: 32, height: 32, channels: 3, background: {r, g, b}}})
  return {kind: 'image', bytes: await picture.png().toBuffer()}
}

async function upload(client: SanityClient, {kind, bytes}: SomeFile): Promise<Uploaded> {
  const {path, sha1hash} =
    kind === 'image'
      ? await client.assets.upload('image', bytes, {filename: 'a.png'})
      : await client.assets.upload('file', bytes, {filename: 'a.bin'})
  return {path, sha1: sha1hash}
}
