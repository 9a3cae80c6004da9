import type {LakeDocument} from '../documents/document.ts'
import {groupIdOf} from '../documents/ids.ts'
import type {Condition, Key} from './selection.ts'

/** The tag of an answer that any change may alter; every change carries it. */
export const anythingTag = 's1:*'

/** More documents or values than this are not told apart: their types are. */
const mostNamed = 60

/** The tag of an answer that changes of one type of document may alter (HTTP API, "Live content"). */
export function typeTag(type: string): string {
  return `s1:t:${type}`
}

/** The tag of an answer that one document may alter, or its draft or versions. */
export function documentTag(id: string): string {
  return `s1:d:${groupIdOf(id)}`
}

/** The tag of an answer about the documents that have this slug. */
function slugTag(slug: string): string {
  return `s1:s:${slug}`
}

/** What an answer depends on, from the condition that its documents met: as few tags as cover it. */
export function tagsOfCondition(condition: Condition): readonly string[] {
  return narrowest(condition) ?? [anythingTag]
}

/** The tags of a change: whoever holds an answer with one of them asks again. */
export function tagsOfChange(
  previous: LakeDocument | undefined,
  result: LakeDocument | undefined,
): string[] {
  const states = [previous, result].filter((state) => state !== undefined)
  return states.flatMap((document) => {
    const slug = slugOf(document)
    const tags = [typeTag(document._type), documentTag(document._id)]
    return slug === undefined ? tags : [...tags, slugTag(slug)]
  })
}

function narrowest(condition: Condition): readonly string[] | undefined {
  switch (condition.kind) {
    case 'never':
      return []
    case 'all': {
      const known = condition.of.map(narrowest).filter((tags) => tags !== undefined)
      const named = known.filter((tags) => !tags.some((tag) => tag.startsWith('s1:t:')))
      return named[0] ?? known[0]
    }
    case 'any': {
      const known = condition.of.map(narrowest)
      return known.every((tags) => tags !== undefined) ? known.flat() : undefined
    }
    case 'compare':
      return condition.operator === '==' && typeof condition.value === 'string'
        ? tagsOfValues(condition.key, [condition.value])
        : undefined
    case 'oneOf':
      return condition.negated ? undefined : tagsOfValues(condition.key, condition.values)
    case 'inGroups':
      return condition.ids.length > mostNamed ? undefined : condition.ids.map(documentTag)
    default:
      return undefined
  }
}

function tagsOfValues(key: Key, values: readonly string[]): readonly string[] | undefined {
  if (!('steps' in key) || values.length > mostNamed) return undefined
  const name = key.steps.join('.')
  if (name === '_type') return values.map(typeTag)
  if (name === '_id') return values.map(documentTag)
  return name === 'slug.current' ? values.map(slugTag) : undefined
}

function slugOf({slug}: LakeDocument): string | undefined {
  if (typeof slug !== 'object' || slug === null || Array.isArray(slug)) return undefined
  return typeof slug['current'] === 'string' ? slug['current'] : undefined
}
