import {z} from 'zod'

import type {JsonObject, JsonValue} from '../documents/document.ts'
import {httpError} from '../errors.ts'
import {requireShort} from '../query/queryLength.ts'

/** What a listener asked for. */
export type ListenRequest = {
  query: string
  params: JsonObject
  includeResult: boolean
  includePreviousRevision: boolean
  includeMutations: boolean
  includeEffects: boolean
  /** Whether drafts and versions are left out, as API versions from 2025-02-19 do unless asked. */
  publishedOnly: boolean
  enableResume: boolean
  lastEventId: string | undefined
}

const jsonValue: z.ZodType<JsonValue> = z.json()

/**
 * Reads the query string of a listener. `versionsByDefault`: whether this API version delivers drafts and versions
 * unasked. Unknown parameters are ignored, as everywhere in this API.
 * Throws `LakeError` `listenRequestInvalid` (400) and `queryTooLong` (413).
 */
export function readListenRequest(
  search: URLSearchParams,
  options: {versionsByDefault: boolean; lastEventId: string | undefined},
): ListenRequest {
  const query = search.get('query')
  if (!query?.trim())
    throw invalid('A listener needs a query, for example query=*[_type == "article"].')
  requireShort(query, 'A listener')
  const effectFormat = search.get('effectFormat')
  if (effectFormat !== null && effectFormat !== 'mendoza') {
    throw invalid(`The effect format "${effectFormat}" is not known; only "mendoza" is.`)
  }
  return {
    query,
    params: readParams(search),
    includeResult: search.get('includeResult') === 'true',
    includePreviousRevision: search.get('includePreviousRevision') === 'true',
    includeMutations: search.get('includeMutations') !== 'false',
    includeEffects: effectFormat === 'mendoza',
    publishedOnly: !options.versionsByDefault && search.get('includeAllVersions') !== 'true',
    enableResume: search.get('enableResume') === 'true',
    lastEventId: options.lastEventId || undefined,
  }
}

function readParams(search: URLSearchParams): JsonObject {
  const params: JsonObject = {}
  for (const [name, text] of search) {
    if (name.startsWith('$')) params[name.slice(1)] = readParam(name, text)
  }
  return params
}

function readParam(name: string, text: string): JsonValue {
  try {
    return jsonValue.parse(JSON.parse(text))
  } catch (cause) {
    throw invalid(`The parameter ${name} is not JSON. Text needs quotation marks around it.`, cause)
  }
}

function invalid(message: string, cause?: unknown) {
  return httpError(400, 'listenRequestInvalid', message, {}, cause)
}
