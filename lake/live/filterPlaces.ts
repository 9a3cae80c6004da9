import type {Condition, Key} from '../query/selection.ts'

/**
 * Where a document tells whether a filter may match it: a way to one of its values, or what its id and its references say.
 * `values` are those of which it must have one.
 */
export type Place = {at: Whereabouts; values: readonly string[]}

export type Whereabouts =
  | {kind: 'value'; steps: readonly (string | number)[]}
  | {kind: 'group'}
  | {kind: 'reference'}
  | {kind: 'release'}

/**
 * The places that a filter is to be found under: a document that meets the condition has one of the values at one of them.
 * `undefined` when that cannot be said, so that every document has to be looked at.
 */
export function placesOf(condition: Condition): readonly Place[] | undefined {
  switch (condition.kind) {
    case 'never':
      return []
    case 'all':
      return mostTelling(condition.of.map(placesOf).filter((places) => places !== undefined))
    case 'any': {
      const alternatives = condition.of.map(placesOf)
      return alternatives.every((places) => places !== undefined) ? alternatives.flat() : undefined
    }
    case 'compare':
      return condition.operator === '==' && typeof condition.value === 'string'
        ? valuesAt(condition.key, [condition.value])
        : undefined
    case 'oneOf':
      return condition.negated ? undefined : valuesAt(condition.key, condition.values)
    case 'references':
      return condition.negated
        ? undefined
        : [{at: {kind: 'reference'}, values: [...new Set(condition.ids)]}]
    case 'inGroups':
      return [{at: {kind: 'group'}, values: condition.ids}]
    case 'inRelease':
      return [{at: {kind: 'release'}, values: [condition.name]}]
    default:
      return undefined
  }
}

function valuesAt(key: Key, values: readonly string[]): readonly Place[] | undefined {
  return 'steps' in key ? [{at: {kind: 'value', steps: key.steps}, values}] : undefined
}

/** Of several conditions that all hold, the one that the fewest documents are likely to meet. */
function mostTelling(alternatives: readonly (readonly Place[])[]): readonly Place[] | undefined {
  return alternatives.toSorted((left, right) => commonness(left) - commonness(right))[0]
}

function commonness(places: readonly Place[]): number {
  return Math.max(-1, ...places.map(({at}) => commonnessAt(at)))
}

/** An id names one document, a group a few; a type, most of a dataset. */
function commonnessAt(at: Whereabouts): number {
  if (at.kind === 'value') return at.steps[0] === '_id' ? 0 : at.steps[0] === '_type' ? 5 : 2
  return {group: 1, reference: 3, release: 4}[at.kind]
}
