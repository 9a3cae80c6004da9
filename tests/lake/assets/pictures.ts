import {createHash} from 'node:crypto'

import type {SanityClient} from '@sanity/client'
import sharp from 'sharp'
import {afterAll, beforeAll, expect} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'

// Importing this file gives the importing file a lake of its own.

export let lake: RunningLake
export let client: SanityClient

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
})

afterAll(() => lake.close())

/** A picture in four quarters: red, green, blue and white, so that crops and turns can be told apart. */
export async function quarters(width = 400, height = 200): Promise<Buffer> {
  const part = (background: string) =>
    sharp({create: {width: width / 2, height: height / 2, channels: 3, background}})
      .png()
      .toBuffer()
  const [a, b, c, d] = await Promise.all(['#ff0000', '#00ff00', '#0000ff', '#ffffff'].map(part))
  return await sharp({create: {width, height, channels: 3, background: '#000'}})
    .composite([
      {input: a, left: 0, top: 0},
      {input: b, left: width / 2, top: 0},
      {input: c, left: 0, top: height / 2},
      {input: d, left: width / 2, top: height / 2},
    ])
    .png()
    .toBuffer()
}

export function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex')
}

export async function get(path: string, headers: {[name: string]: string} = {}): Promise<Response> {
  return await fetch(new URL(path, lake.url), {headers})
}

/** The answer to an image's address: its size and the colour of a point, by its place in per cent. */
export async function look(path: string, points: [number, number][] = []) {
  const response = await get(path)
  expect({path, status: response.status}).toEqual({path, status: 200})
  const bytes = Buffer.from(await response.arrayBuffer())
  const {data, info} = await sharp(bytes).ensureAlpha().raw().toBuffer({resolveWithObject: true})
  const colours = points.map(([x, y]) => {
    const column = Math.min(info.width - 1, Math.floor((x / 100) * info.width))
    const row = Math.min(info.height - 1, Math.floor((y / 100) * info.height))
    const at = (row * info.width + column) * 4
    return nameOf([...data.subarray(at, at + 4)])
  })
  return {width: info.width, height: info.height, colours}
}

function nameOf([red = 0, green = 0, blue = 0, alpha = 0]: number[]): string {
  if (alpha < 128) return 'clear'
  const bright = (value: number) => value > 128
  const names: {[key: string]: string} = {
    'true,false,false': 'red',
    'false,true,false': 'green',
    'false,false,true': 'blue',
    'true,true,true': 'white',
    'false,false,false': 'black',
  }
  return names[String([red, green, blue].map(bright))] ?? 'other'
}
