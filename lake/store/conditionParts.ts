import type {Condition, IndexKey, Key, Scalar, View} from '../query/selection.ts'

/** The conditions that all must hold. */
export function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'all' ? condition.of.flatMap(conjuncts) : [condition]
}

/** Whether a condition leads to documents by their ids. */
export function namesIds(condition: Condition): boolean {
  return condition.kind === 'inGroups' || idsOf(condition) !== undefined
}

/** The groups that a document must be in, when the conditions say so. Where versions are shown, a document's id is its group's. */
export function groupsNamed(
  parts: readonly Condition[],
  {perspective}: View,
): readonly string[] | undefined {
  const named = parts.map((part) => {
    if (part.kind === 'inGroups') return part.ids
    return perspective.kind === 'stack' ? idsOf(part) : undefined
  })
  return named.find((ids) => ids !== undefined)
}

/** The ids that a document must have one of, as far as one condition says so. */
function idsOf(condition: Condition): readonly string[] | undefined {
  const names = condition.kind === 'oneOf' || condition.kind === 'compare'
  return names && isStep(condition.key, '_id') ? stringsOf(condition) : undefined
}

/** The types that a document must be one of, when the conditions say so. */
export function typesOf(parts: readonly Condition[]): readonly string[] | undefined {
  const named = parts.map(typesNamed).filter((types) => types !== undefined)
  const [first, ...rest] = named
  if (first === undefined) return undefined
  return first.filter((type) => rest.every((types) => types.includes(type)))
}

/** Whether a condition is met by documents of some types, whatever else they are. */
export function namesTypes(part: Condition): boolean {
  return typesNamed(part) !== undefined
}

function typesNamed(part: Condition): readonly string[] | undefined {
  const isType = part.kind === 'oneOf' || part.kind === 'compare'
  return isType && isStep(part.key, '_type') ? stringsOf(part) : undefined
}

/** What an index over could lead to the documents that meet a condition. */
export function keyOf(part: Condition): IndexKey | undefined {
  if (part.kind === 'holds') return 'steps' in part.key ? {elementsOf: part.key.steps} : undefined
  if (part.kind !== 'compare' && part.kind !== 'oneOf') return undefined
  return isColumn(part.key) ? undefined : part.key
}

/** Whether a key is a column of the table of documents. */
export function isColumn(key: Key): boolean {
  return ['_id', '_type', '_originalId'].some((name) => isStep(key, name))
}

function isStep(key: Key, name: string): boolean {
  return 'steps' in key && key.steps.length === 1 && key.steps[0] === name
}

/** The strings that a value must be one of. */
function stringsOf(
  condition: Extract<Condition, {kind: 'compare' | 'oneOf'}>,
): readonly string[] | undefined {
  if (condition.kind === 'oneOf') return condition.negated ? undefined : condition.values
  return condition.operator === '==' && isString(condition.value) ? [condition.value] : undefined
}

function isString(value: Scalar): value is string {
  return typeof value === 'string'
}
