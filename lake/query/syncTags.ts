import type {Narrowing} from './source.ts'

/** The tag of an answer that any change may alter; every change carries it. */
export const anythingTag = 's1:*'

/** The tag of an answer that changes of one type of document may alter (HTTP API, "Live content"). */
export function typeTag(type: string): string {
  return `s1:${type}`
}

/** What an answer depends on, from the documents that it could touch. */
export function syncTagsOf(narrowings: readonly Narrowing[]): string[] {
  return narrowings.flatMap(({types}) => types?.map(typeTag) ?? [anythingTag])
}
