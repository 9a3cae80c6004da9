import {evaluate, parse} from 'groq-js'

import {validateDocument} from '../../schemas/validateDocument.ts'

export {schema} from '../../schemas/validateDocument.ts'

/** What the Studio would show: `level path: sentence`, one a line, in the order of the form. */
export async function findings(
  document: {_id: string; _type: string; [field: string]: unknown},
  others: readonly {_id: string; [field: string]: unknown}[] = [],
): Promise<string[]> {
  const dataset = [document, ...others]
  const found = await validateDocument(document, {
    async ask(query, params) {
      const value = await evaluate(parse(query, {params}), {dataset, params})
      return await value.get()
    },
    exists: async (id) => dataset.some(({_id}) => _id === id),
  })
  return found.map(({level, path, message}) => `${level} ${readablePath(path)}: ${message}`)
}

function readablePath(path: readonly unknown[]): string {
  return path
    .map((segment) =>
      typeof segment === 'object' && segment !== null && '_key' in segment
        ? String(segment._key)
        : String(segment),
    )
    .join('.')
}
