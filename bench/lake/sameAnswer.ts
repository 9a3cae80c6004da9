import {isDeepStrictEqual} from 'node:util'

import {z} from 'zod'

import type {Work} from './works.ts'

const ranked = z.array(z.object({_id: z.string()}))

/**
 * How another's answer differs from the engine's, in words; `undefined` when it does not. Of a ranking only the first are
 * compared as a set, and what they share is told.
 */
export function differenceOf(work: Work, engine: unknown, other: unknown): string | undefined {
  const one = plain(engine)
  const two = plain(other)
  if (isDeepStrictEqual(one, two)) return undefined
  if (work.comparison === 'ranking') {
    const ids = new Set(ranked.parse(two).map(({_id}) => _id))
    const own = ranked.parse(one)
    const shared = own.filter(({_id}) => ids.has(_id)).length
    return `ranks by its own rule: ${shared} of the engine's ${own.length} are among its ${ids.size}`
  }
  return `answers otherwise: ${excerpt(two)} instead of ${excerpt(one)}`
}

/** As JSON would carry it: no attribute without a value. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value)
  const read: unknown = text === undefined ? null : JSON.parse(text)
  return read
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}
