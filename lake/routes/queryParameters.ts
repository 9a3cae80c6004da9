import {documentDepth, flawOf} from '../documents/contents.ts'
import type {JsonObject, JsonValue} from '../documents/document.ts'
import {httpError} from '../errors.ts'

/** The GROQ parameters of an address: `$name=<JSON>` each. Throws 400 naming the one that is not JSON or cannot be used. */
export function queryParameters(search: URLSearchParams): JsonObject {
  const parameters: JsonObject = {}
  for (const [name, text] of search) {
    if (!name.startsWith('$')) continue
    const value = parse(name, text)
    const flaw = flawOf(value, documentDepth)
    if (flaw !== undefined) {
      throw httpError(400, 'parameterUnusable', `The parameter ${name} cannot be used. ${flaw}`)
    }
    parameters[name.slice(1)] = value
  }
  return parameters
}

function parse(name: string, text: string): JsonValue {
  try {
    return JSON.parse(text)
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
