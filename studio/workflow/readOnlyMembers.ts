import type {ObjectMember} from 'sanity'

/** What was made of a part of the form before: a part that did not change keeps its twin, and is not drawn anew. */
const made = new WeakMap<object, object>()

/** Where the parts of a form hold other parts. */
const inside = ['field', 'item', 'fieldSet'] as const
const lists = ['members', '_allMembers'] as const

/**
 * The members of a form, each read-only down to the last. The schema's own `readOnly` cannot do this: it sees the
 * document alone, and where a story stands is written beside it.
 */
export function readOnlyMembers(members: readonly ObjectMember[]): ObjectMember[] {
  return members.map((member) => readOnlyTwin(member))
}

function readOnlyTwin<Part extends object>(part: Part): Part
function readOnlyTwin(part: object): object {
  const before = made.get(part)
  if (before !== undefined) return before
  const twin = {...part}
  // A node of the form, as opposed to the member or the fieldset that holds nodes.
  if ('schemaType' in part) Reflect.set(twin, 'readOnly', true)
  for (const name of inside) {
    const held: unknown = Reflect.get(part, name)
    if (typeof held === 'object' && held !== null) Reflect.set(twin, name, readOnlyTwin(held))
  }
  for (const name of lists) {
    const held: unknown = Reflect.get(part, name)
    if (Array.isArray(held)) {
      const parts: readonly object[] = held
      Reflect.set(
        twin,
        name,
        parts.map((one) => readOnlyTwin(one)),
      )
    }
  }
  made.set(part, twin)
  return twin
}
