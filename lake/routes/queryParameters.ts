import {z} from 'zod'

import type {JsonObject} from '../documents/document.ts'
import {httpError} from '../errors.ts'

/** The GROQ parameters of an address: `$name=<JSON>` each. Throws 400 naming the one that is not JSON. */
export function queryParameters(search: URLSearchParams): JsonObject {
  const parameters: JsonObject = {}
  for (const [name, text] of search) {
    if (name.startsWith('$')) parameters[name.slice(1)] = parseParameter(name, text)
  }
  return parameters
}

function parseParameter(name: string, text: string): JsonObject[string] {
  try {
    return z.json().parse(JSON.parse(text))
  } catch (error) {
    throw httpError(
      400,
      'parameterMalformed',
      `The parameter ${name} is not JSON. Strings need quotation marks: ${name}="…".`,
      {},
      error,
    )
  }
}
