import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {pipeline} from 'node:stream/promises'

import type {LakeDocument} from '../documents/document.ts'
import type {Findings} from './findings.ts'

/** What an asset's document says of its file. */
export type AssetClaim = {id: string; sha1: string; size: number | undefined}

const idPattern = /^(?:image|file)-(?<sha1>[a-f0-9]{40})-/

/** The claim of a document, when it is an asset's; a wrong one is a finding. */
export function assetClaim(document: LakeDocument, findings: Findings): AssetClaim | undefined {
  const {_id, _type, sha1hash, size} = document
  if (_type !== 'sanity.imageAsset' && _type !== 'sanity.fileAsset') return undefined
  const sha1 = idPattern.exec(_id)?.groups?.['sha1']
  if (sha1 === undefined || sha1 !== sha1hash) {
    findings.fault(
      'assetName',
      `the asset "${_id}" does not bear the hash of its file (${JSON.stringify(sha1hash)}) in its name.`,
    )
    return undefined
  }
  return {id: _id, sha1, size: typeof size === 'number' ? size : undefined}
}

/**
 * Whether every asset has its file, of the right size and, with `thorough`, with the bytes that its name was made
 * from; and which of `files` nobody asks for. `directory` is the dataset's among the assets; `files` was read
 * before the claims were, since an upload has its file first.
 */
export async function checkAssets(
  directory: string,
  {claims, files}: {claims: readonly AssetClaim[]; files: readonly string[]},
  {thorough}: {thorough: boolean},
  findings: Findings,
): Promise<void> {
  const wanted = new Set(claims.map(({sha1}) => sha1))
  const checked = new Set<string>()
  for (const {id, sha1, size} of claims) {
    const file = join(directory, 'originals', sha1.slice(0, 2), sha1)
    const found = await stat(file).catch(() => undefined)
    if (!found?.isFile()) {
      findings.fault('assetMissing', `the file of the asset "${id}" is missing: ${file}.`)
      continue
    }
    if (size !== undefined && found.size !== size) {
      findings.fault(
        'assetSize',
        `the file of the asset "${id}" has ${found.size} bytes instead of ${size}: ${file}.`,
      )
    } else if (thorough && !checked.has(sha1) && (await hashOf(file)) !== sha1) {
      findings.fault('assetBytes', `the file of the asset "${id}" is damaged: ${file}.`)
    }
    checked.add(sha1)
  }
  for (const name of files) {
    if (wanted.has(name)) continue
    findings.note('assetOrphan', `the file ${name} belongs to no asset that is there now.`)
  }
}

/** Names of the files of all uploads, which are their hashes. */
export async function assetFiles(directory: string): Promise<string[]> {
  const folder = join(directory, 'originals')
  const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map(({name}) => name)
    .sort()
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha1')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
