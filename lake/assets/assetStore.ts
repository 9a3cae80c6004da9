import {createReadStream, type ReadStream} from 'node:fs'
import {rm, stat} from 'node:fs/promises'
import {join} from 'node:path'

import type {Caller} from '../access/caller.ts'
import type {Dataset} from '../documents/dataset.ts'
import type {JsonObject, LakeDocument} from '../documents/document.ts'
import type {LakeEnvironment} from '../environment.ts'
import {httpError} from '../errors.ts'
import {assetFileName, assetId, assetUnknown, type AssetKind, type AssetName} from './assetNames.ts'
import {carriesMetadata, readImage, type ImageExtra, type ImageFacts} from './imageMetadata.ts'
import {keepUpload, receiveUpload, uploadTooLarge} from './receiveUpload.ts'
import {renderImage, type ImageChanges, type ImageFormat} from './renderImage.ts'
import {createVariantCache} from './variantCache.ts'

/** What comes with an upload, beside its bytes. */
export type UploadDetails = {
  kind: AssetKind
  /** The `Content-Type` that was sent; of images only the bytes are believed. */
  mimeType: string
  /** `Content-Length`, when it was sent, in bytes. */
  announcedSize: number | undefined
  filename: string | undefined
  extras: ReadonlySet<ImageExtra>
  /** `label`, `title`, `description`, `creditLine` and `source`, as they go into the document. */
  fields: JsonObject
}

/** The assets of one dataset: their files, and the documents that stand for them. */
export type AssetStore = {
  /**
   * Takes in a file and makes its document as the caller. The same bytes are one asset: uploading them again
   * answers the document that is there. The file is on disk before its document exists. Throws `LakeError`
   * `uploadTooLarge` (413), `uploadEmpty` and `imageInvalid` (400), and what `Dataset.mutate` throws.
   */
  upload(
    body: ReadableStream<Uint8Array> | null,
    details: UploadDetails,
    caller: Caller,
  ): Promise<LakeDocument>
  /** An asset's document. Throws `LakeError` `assetUnknown` (404), also when the document was deleted. */
  find(name: AssetName): Promise<LakeDocument>
  /** The size of an asset's file as it was uploaded, in bytes. Throws `LakeError` `assetUnknown` when it is gone. */
  size(name: AssetName): Promise<number>
  /** Bytes of an asset's file as it was uploaded; `start` and `end` are inclusive. */
  read(name: AssetName, range?: {start: number; end: number}): ReadableStream<Uint8Array>
  /** Whether an image's file says more than the picture: where, when and by whom it was taken. Throws as `size` does. */
  tellsMore(name: AssetName): Promise<boolean>
  /** A variant of an image. Throws as `size` does, `imageParameterInvalid` (400) and `tooBusy` (503). */
  variant(name: AssetName, changes: ImageChanges, format: ImageFormat): Promise<Buffer>
}

/** The largest file that is taken in. */
const uploadLimit = 256 * 1024 * 1024

/** The lake itself, which reads whether an asset's document exists before anyone gets its file. */
const lakeCaller: Caller = {
  kind: 'internal',
  userId: 'lake',
  displayName: 'Dateline',
  roles: [],
  reads: 'everything',
  may: (permission) => permission === 'read',
}

/**
 * Opens the assets of a dataset. `directory` is theirs alone: `originals/` holds files by their SHA-1, `variants/` what was made
 * of them and may be deleted any time, `incoming/` what is being received. `publicUrl` goes into new documents' `url`; what shows assets should build
 * addresses from `path`, which stays true when the lake moves.
 */
export function createAssetStore(parts: {
  directory: string
  projectId: string
  dataset: Dataset
  publicUrl: string
  environment: LakeEnvironment
  limits?: {uploadBytes: number}
}): AssetStore {
  const {directory, projectId, dataset, environment} = parts
  const uploadBytes = parts.limits?.uploadBytes ?? uploadLimit
  const variants = createVariantCache(join(directory, 'variants'))

  const incoming = join(directory, 'incoming')
  // What a process that was killed had not received to the end. It does no harm when it cannot be removed.
  const swept = rm(incoming, {recursive: true, force: true}).catch(() => undefined)
  const telling = new Map<string, boolean>()
  const place = (sha1: string) => join(directory, 'originals', sha1.slice(0, 2), sha1)

  async function upload(
    body: ReadableStream<Uint8Array> | null,
    details: UploadDetails,
    caller: Caller,
  ): Promise<LakeDocument> {
    refuseUnlessAllowed(details.kind, caller)
    if ((details.announcedSize ?? 0) > uploadBytes) throw uploadTooLarge(uploadBytes)
    const uploadId = environment.newId()
    const temporary = join(incoming, uploadId)
    await swept
    const received = await receiveUpload(body, temporary, uploadBytes)
    try {
      const facts = await factsOf(received.file, details)
      const {sha1, size} = received
      const {extension, mimeType, dimensions, metadata} = facts
      const name: AssetName = {kind: details.kind, sha1, extension, ...(dimensions && {dimensions})}
      await keepUpload(received.file, place(sha1))
      const path = `${details.kind}s/${projectId}/${dataset.name}/${assetFileName(name)}`
      const document = {
        _id: assetId(name),
        _type: typeOf(details.kind),
        assetId: sha1,
        sha1hash: sha1,
        extension,
        mimeType,
        size,
        uploadId,
        path,
        url: new URL(path, parts.publicUrl).href,
        ...(details.filename ? {originalFilename: details.filename} : {}),
        ...(metadata ? {metadata} : {}),
        ...details.fields,
      }
      await dataset.mutate([{createIfNotExists: document}], {}, caller)
      return await find(name)
    } finally {
      await rm(temporary, {force: true})
    }
  }

  async function find(name: AssetName): Promise<LakeDocument> {
    const {documents} = await dataset.documents([assetId(name)], lakeCaller)
    const [document] = documents
    if (!document) throw assetUnknown()
    return document
  }

  /** The file of an asset, and its size in bytes. It can be gone: a folder is restored in part, or tidied by hand. */
  async function original({sha1}: AssetName): Promise<{file: string; size: number}> {
    const file = place(sha1)
    try {
      return {file, size: (await stat(file)).size}
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      environment.logger.error({file}, 'the file of an asset is missing')
      throw assetUnknown()
    }
  }

  return {
    upload,
    find,
    size: async (name) => (await original(name)).size,
    read: ({sha1}, range) => bytesOf(createReadStream(place(sha1), range)),
    async tellsMore(name) {
      const known = telling.get(name.sha1)
      if (known !== undefined) return known
      const tells = await carriesMetadata((await original(name)).file)
      telling.set(name.sha1, tells)
      return tells
    },
    variant: (name, changes, format) =>
      variants.get(JSON.stringify([assetId(name), changes, format]), async () => {
        const {file} = await original(name)
        return await renderImage(file, name.dimensions ?? {width: 1, height: 1}, changes, format)
      }),
  }
}

/** Refuses before a byte is taken in; whether the document itself may be made is asked again when it is. */
function refuseUnlessAllowed(kind: AssetKind, caller: Caller): void {
  const example = {
    _id: `${kind}-new`,
    _type: typeOf(kind),
    _rev: '',
    _createdAt: '',
    _updatedAt: '',
  }
  if (caller.may('create', example)) return
  throw httpError(403, 'uploadForbidden', 'Your role does not allow you to upload files.')
}

function typeOf(kind: AssetKind): string {
  return kind === 'image' ? 'sanity.imageAsset' : 'sanity.fileAsset'
}

async function factsOf(
  file: string,
  {kind, mimeType, filename, extras}: UploadDetails,
): Promise<Partial<ImageFacts> & Pick<ImageFacts, 'extension' | 'mimeType'>> {
  if (kind === 'image') return await readImage(file, extras)
  const [, extension = 'bin'] = /\.([a-z0-9]{1,12})$/.exec(filename?.toLowerCase() ?? '') ?? []
  return {extension, mimeType}
}

/** A file's bytes as they are asked for; going away closes the file. */
function bytesOf(file: ReadStream): ReadableStream<Uint8Array> {
  const chunks = file.iterator()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const {done, value} = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel() {
      file.destroy()
    },
  })
}
