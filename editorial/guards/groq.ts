import {roleNames, type RoleName} from '../roles.ts'

/** Pieces of GROQ that the guards are made of. All of them speak of one transaction: see `Guard`. */

/** Whether the caller may do what a role may. */
export function hasRole(least: RoleName): string {
  return `count($roles[@ in ${listed(roleNames.slice(roleNames.indexOf(least)))}]) > 0`
}

/** An array of strings. */
export function listed(words: readonly string[]): string {
  return JSON.stringify([...words])
}

/** Whether two values are the same, arrays and objects included, which `==` does not compare. */
export function same(one: string, other: string): string {
  return `!diff::changedAny({"value": ${one}}, {"value": ${other}}, value)`
}

/** Whether a list is as it was, or has one member more behind those that it had. */
export function growsByOneAtMost(now: string, before: string): string {
  return `(${same(now, before)} || ${growsByOne(now, before)})`
}

/** Whether a list has exactly one member more, behind those that it had. */
export function growsByOne(now: string, before: string): string {
  return `(count(${now}) == count(${before}) + 1 && ${same(`${now}[0..-2]`, before)})`
}

/** A list that may be missing. */
export function list(value: string): string {
  return `coalesce(${value}, [])`
}

/**
 * A document as it was before the transaction: `$was` holds those that it touches, and what it made bears its
 * time.
 */
export function asItWas(id: string): string {
  return `coalesce($was[_id == ${id}][0], *[_id == ${id} && _updatedAt != $now][0])`
}

/** A document as the transaction leaves it, if the transaction touched it. */
export function touched(id: string): string {
  return `*[_id == ${id} && _updatedAt == $now][0]`
}

/** The id of the story that a document stands beside, such as `editorial.` or `drafts.` before it. */
export function storyBehind(prefix: string): string {
  return `string::split($id, ${JSON.stringify(prefix)})[1]`
}

/** All of these. */
export function all(...conditions: readonly string[]): string {
  return conditions.map((condition) => `(${condition})`).join(' && ')
}

/** Asks a condition with names for what it speaks of. */
export function knowing(names: {[name: string]: string}, condition: string): string {
  const bound = Object.entries(names).map(([name, value]) => `"${name}": ${value}`)
  return `count([{${bound.join(', ')}}][${condition}]) == 1`
}
