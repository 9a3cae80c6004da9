import type {LakeDocument} from '../documents/document.ts'
import {bundleOf, groupIdOf} from '../documents/ids.ts'
import {referencesOf} from '../documents/references.ts'
import {compare, equal} from './evaluate/comparison.ts'
import {valueOf} from './keyValue.ts'
import type {Condition} from './selection.ts'

/**
 * Whether a document that is not stored yet meets a condition, under its own id. Words are taken to be there: whoever asks
 * for them looks at each document again.
 */
export function meets(condition: Condition, document: LakeDocument): boolean {
  switch (condition.kind) {
    case 'always':
    case 'words':
      return true
    case 'never':
      return false
    case 'all':
      return condition.of.every((part) => meets(part, document))
    case 'any':
      return condition.of.some((part) => meets(part, document))
    case 'compare':
      return compared(condition, document)
    case 'oneOf': {
      const value = valueOf(document, condition.key)
      const isOne = typeof value === 'string' && condition.values.includes(value)
      return isOne !== condition.negated
    }
    case 'defined':
      return (valueOf(document, condition.key) !== null) !== condition.negated
    case 'references': {
      const {ids, negated} = condition
      return ids.some((id) => targetsOf(document).has(id)) !== negated
    }
    case 'holds': {
      const value = valueOf(document, condition.key)
      return Array.isArray(value) && value.includes(condition.value)
    }
    case 'idUnder':
      return isUnder(document._id, condition) !== condition.negated
    case 'inGroups':
      return condition.ids.includes(groupIdOf(document._id))
    case 'inRelease':
      return bundleOf(document._id) === condition.name
  }
}

/** Found once for a document, however often it is asked about. */
const targets = new WeakMap<LakeDocument, ReadonlySet<string>>()

function targetsOf(document: LakeDocument): ReadonlySet<string> {
  const known = targets.get(document)
  if (known) return known
  const found = new Set(referencesOf(document).map(({target}) => target))
  targets.set(document, found)
  return found
}

function compared(
  {key, operator, value}: Extract<Condition, {kind: 'compare'}>,
  document: LakeDocument,
): boolean {
  const own = valueOf(document, key)
  if (operator === '==') return equal(own, value)
  if (operator === '!=') return !equal(own, value)
  const order = compare(own, value)
  if (order === undefined) return false
  switch (operator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

function isUnder(id: string, {prefix, depth}: {prefix: string; depth: 'one' | 'any'}): boolean {
  if (!id.startsWith(prefix)) return false
  const rest = id.slice(prefix.length)
  return depth === 'any' || (rest !== '' && !rest.includes('.'))
}
