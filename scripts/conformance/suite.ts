import {createReadStream} from 'node:fs'
import {createInterface} from 'node:readline'
import {createGunzip} from 'node:zlib'

import {z} from 'zod'

import {ConfigError} from '../config.ts'

const datasetModel = z.object({
  _type: z.literal('dataset'),
  _id: z.string(),
  documents: z.array(z.record(z.string(), z.json())).nullish(),
})

const caseModel = z.object({
  _type: z.literal('test'),
  _id: z.string(),
  name: z.string(),
  filename: z.string(),
  query: z.string(),
  params: z.record(z.string(), z.json()).nullish(),
  result: z.json().default(null),
  valid: z.boolean(),
  version: z.string().nullish(),
  features: z.array(z.string()).nullish(),
  dataset: z.object({_ref: z.string()}),
})

const lineModel = z.discriminatedUnion('_type', [datasetModel, caseModel])

export type Json = z.infer<typeof jsonModel>
const jsonModel = z.json()

export type SuiteDocument = {[attribute: string]: Json}

export type Case = {
  id: string
  name: string
  query: string
  params: SuiteDocument
  /** What the query must answer; `undefined` when it must be refused. */
  expected: Json | undefined
  /** The first part of the name of the file that the case comes from, such as `function`. */
  folder: string
  /** The language that the case speaks: `geo` and `0.1` apart, else the version as the suite gives it. */
  version: string
  dataset: string
}

export type Suite = {
  /** The documents of every dataset that a case asks, by the dataset's name in the suite. */
  datasets: Map<string, SuiteDocument[]>
  cases: Case[]
}

/**
 * Reads a suite: one JSON object a line, datasets and cases in any order, the file gzipped when its name says so.
 * With `only`, the cases whose name, file or query holds that text. Throws `ConfigError`.
 */
export async function readSuite(file: string, only?: string): Promise<Suite> {
  const datasets = new Map<string, SuiteDocument[]>()
  const cases: Case[] = []
  for await (const line of linesOf(file)) {
    const read = readLine(line.text, `${file}, line ${line.number}`)
    if (read._type === 'dataset') datasets.set(read._id, read.documents ?? [])
    else if (isWanted(read, only)) cases.push(asCase(read))
  }
  if (cases.length === 0) {
    const wanted = only === undefined ? '' : ` with ${JSON.stringify(only)} in its name or query`
    throw new ConfigError(`${file} holds no case${wanted}.`)
  }
  const missing = cases.find(({dataset}) => !datasets.has(dataset))
  if (missing !== undefined) {
    throw new ConfigError(
      `The case ${missing.id} asks the dataset ${missing.dataset}, which ${file} does not hold.`,
    )
  }
  const asked = new Set(cases.map(({dataset}) => dataset))
  return {datasets: new Map([...datasets].filter(([name]) => asked.has(name))), cases}
}

async function* linesOf(file: string): AsyncIterable<{text: string; number: number}> {
  try {
    const bytes = createReadStream(file)
    const unpacked = file.endsWith('.gz') ? bytes.compose(createGunzip()) : bytes
    let number = 0
    for await (const text of createInterface({input: unpacked, crlfDelay: Infinity})) {
      number++
      if (text.trim() !== '') yield {text, number}
    }
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause
    const reason = cause instanceof Error ? cause.message : 'unknown reason'
    throw new ConfigError(`${file} cannot be read: ${reason}.`, {cause})
  }
}

function readLine(text: string, where: string): z.infer<typeof lineModel> {
  const parsed = lineModel.safeParse(parseJson(text, where))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue?.path.join('.') ?? ''
  throw new ConfigError(`${where} is neither a dataset nor a test: "${path}" is not as it must be.`)
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ConfigError(`${where} is not JSON.`, {cause})
  }
}

function isWanted({name, filename, query}: z.infer<typeof caseModel>, only?: string): boolean {
  return only === undefined || [name, filename, query].some((text) => text.includes(only))
}

function asCase(read: z.infer<typeof caseModel>): Case {
  return {
    id: read._id,
    name: `${read.filename}: ${read.name}`,
    query: read.query,
    params: read.params ?? {},
    expected: read.valid ? read.result : undefined,
    folder: read.filename.split('/')[0] ?? read.filename,
    version: versionOf(read),
    dataset: read.dataset._ref,
  }
}

function versionOf({version, features, filename}: z.infer<typeof caseModel>): string {
  if (version === '0.1') return version
  const isGeo = features?.includes('geoFunctions') === true || filename.includes('/geo/')
  return isGeo ? 'geo' : (version ?? 'no version')
}
