import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

import {z} from 'zod'

import {captureToStory, type CapturedStory, type CaptureOptions} from '../../../ingest/capture.ts'

const folder = new URL('../../../ingest/fixtures/', import.meta.url)

export const now = new Date('2032-05-01T08:00:00.000Z')
export const kerryFile = fileURLToPath(new URL('kerry-in-moscow.txt', folder))

const readings = z.array(
  z.object({
    file: z.string(),
    lang: z.string(),
    headline: z.string(),
    hasUpdateFlag: z.boolean(),
    hasBreakingLabel: z.boolean(),
    figures: z.number(),
    singleCaptions: z.number(),
    headings: z.array(z.string()),
    mediaBlocks: z.number(),
    truncated: z.boolean(),
    unsure: z.array(z.string()),
  }),
)

/** What an editor reads out of each capture. */
export const captures = readings.parse(JSON.parse(read('captures/index.json')))

export function read(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8')
}

export function pathOf(name: string): string {
  return fileURLToPath(new URL(name, folder))
}

export function capture(text: string, options: Partial<CaptureOptions> = {}): CapturedStory {
  return captureToStory(text, {fileName: 'capture.txt', now, ...options})
}

/** The text at a path such as `sections[1].body[0]`, as a reader would see it. */
export function textAt(story: CapturedStory['article'], path: string): string {
  const value = path
    .split(/[.[\]]+/u)
    .filter((step) => step !== '')
    .reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), story)
  if (typeof value === 'string') return value
  if (!isRecord(value)) return String(value)
  const children = z.array(z.object({text: z.string()})).parse(value['children'])
  return children.map(({text}) => text).join('')
}

function isRecord(value: unknown): value is {[name: string]: unknown} {
  return typeof value === 'object' && value !== null
}
