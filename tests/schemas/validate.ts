import type {Schema as CompiledSchema} from '@sanity/types'
import {compiledSchema, markersOf} from '../../scripts/publishing/storyErrors.ts'
import {clientOver} from './clientOver.ts'

export const schema: CompiledSchema = compiledSchema()

/** What the Studio would show: `level path: sentence`, one a line, in the order of the form. */
export async function findings(
  document: {_id: string; _type: string; [field: string]: unknown},
  others: readonly {_id: string; [field: string]: unknown}[] = [],
): Promise<string[]> {
  const markers = await markersOf(document, clientOver([document, ...others]))
  return markers.map(({level, path, message}) => `${level} ${readablePath(path)}: ${message}`)
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
