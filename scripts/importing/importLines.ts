import {randomUUID} from 'node:crypto'
import {createReadStream, existsSync} from 'node:fs'
import {writeFile} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'

import {documentDepth, flawOf} from '../../lake/documents/contents.ts'
import {isJsonObject, type JsonObject, type JsonValue} from '../../lake/documents/document.ts'
import {requireDocumentId} from '../../lake/documents/ids.ts'
import {LakeError} from '../../lake/errors.ts'
import type {ImportFolder} from './importFile.ts'

export type ImportDocument = JsonObject & {_id: string; _type: string}

/** What a file's lines hold: its documents, by id, with the line that each stands in, and what is wrong with the rest. */
export type ImportLines = {
  documents: Map<string, {line: number; document: ImportDocument}>
  /** Documents of the system (`_.…`), which belong to the lake that they come from. */
  leftOut: number
  /** One sentence for each line that cannot be imported. */
  problems: string[]
}

/** Reads and checks every line. A document without an id gets one. */
export async function readImportLines({directory, dataFile}: ImportFolder): Promise<ImportLines> {
  const lines: ImportLines = {documents: new Map(), leftOut: 0, problems: []}
  let line = 0
  for await (const text of createInterface({input: createReadStream(dataFile, 'utf8')})) {
    line += 1
    if (text.trim() === '') continue
    takeLine(text, line, {lines, directory})
  }
  if (lines.documents.size === 0 && lines.problems.length === 0) {
    lines.problems.push('The file holds no documents.')
  }
  return lines
}

/** Writes the documents as they will be imported, one a line, for Sanity's importer. */
export async function writeImportLines(
  dataFile: string,
  documents: ImportLines['documents'],
): Promise<void> {
  const lines = [...documents.values()].map(({document}) => `${JSON.stringify(document)}\n`)
  await writeFile(dataFile, lines)
}

function takeLine(
  text: string,
  line: number,
  {lines, directory}: {lines: ImportLines; directory: string},
): void {
  const problem = (sentence: string) => lines.problems.push(`Line ${line} ${sentence}`)
  const value = parse(text)
  if (!isJsonObject(value)) {
    problem('is not a document: each line must be one JSON object.')
    return
  }
  const {_id: id = randomUUID(), _type: type} = value
  if (typeof id !== 'string' || !isDocumentId(id)) {
    problem(`has an "_id" that no document can have: ${JSON.stringify(id)}.`)
    return
  }
  if (id.startsWith('_.')) {
    lines.leftOut += 1
    return
  }
  if (typeof type !== 'string' || type === '') {
    problem(`("${id}") has no "_type". Every document needs one.`)
    return
  }
  const earlier = lines.documents.get(id)
  if (earlier !== undefined) {
    problem(`has the same "_id" as line ${earlier.line}: "${id}".`)
    return
  }
  const flaw =
    flawOf(value, documentDepth) ??
    flawOfTimes(value) ??
    flawOfText(text) ??
    missing(value, directory)
  if (flaw !== undefined) problem(`("${id}") cannot be kept. ${flaw}`)
  lines.documents.set(id, {line, document: {...value, _id: id, _type: type}})
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isDocumentId(id: string): boolean {
  try {
    return id.startsWith('_.') || requireDocumentId(id) === id
  } catch (error) {
    if (error instanceof LakeError) return false
    throw error
  }
}

function flawOfTimes(document: JsonObject): string | undefined {
  const wrong = ['_createdAt', '_updatedAt'].find((name) => {
    const time = document[name]
    if (time === undefined || time === null) return false
    return typeof time !== 'string' || Number.isNaN(Date.parse(time))
  })
  if (wrong === undefined) return undefined
  return `Its "${wrong}" is ${JSON.stringify(document[wrong])}, which is not an ISO 8601 time.`
}

/** Where a program could not read a character, it leaves this one behind: the text has been lost before. */
function flawOfText(text: string): string | undefined {
  if (!text.includes('\uFFFD')) return undefined
  return 'It holds the replacement character U+FFFD, so text was lost before it came here.'
}

/** A file that a document brings along must be in the archive, and nowhere else on this machine. */
function missing(document: JsonObject, directory: string): string | undefined {
  for (const address of assetAddresses(document)) {
    const [, scheme, rest = ''] = /^(?:image|file)@([a-z]+):\/\/(.*)$/i.exec(address) ?? []
    if (scheme === undefined) return `"${address}" is not the address of an asset.`
    if (scheme.toLowerCase() !== 'file') continue
    const file = rest.startsWith('./') ? join(directory, rest) : fileURLToPath(`file://${rest}`)
    if (relative(directory, file).startsWith('..')) {
      return `Its file ${file} is outside of the archive.`
    }
    if (!existsSync(file)) return `Its file ${relative(directory, file)} is not in the archive.`
  }
  return undefined
}

function assetAddresses(value: JsonValue | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(assetAddresses)
  if (!isJsonObject(value)) return []
  const {_sanityAsset: own} = value
  const inner = Object.values(value).flatMap(assetAddresses)
  return typeof own === 'string' ? [own, ...inner] : inner
}
