/**
 * A story as it may go live: every reference that the Studio held weak only until publication is strong
 * (it carries `_strengthenOnPublish`; the ones whose field is weak by the schema, like `related`, stay weak),
 * and traces of uploads in flight (`_upload`) are gone. Everything else is the same, character by character.
 */
export function strengthened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strengthened)
  if (!isRecord(value)) return value
  const strengthening = value['_strengthenOnPublish']
  const dropped = new Set(['_upload', '_strengthenOnPublish'])
  if (isRecord(strengthening) && strengthening['weak'] !== true) dropped.add('_weak')
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !dropped.has(name))
      .map(([name, inner]) => [name, strengthened(inner)]),
  )
}

/** A reference that does not hold its target in place: private documents never block a deletion. */
export function weakReference(id: string): {_type: 'reference'; _ref: string; _weak: true} {
  return {_type: 'reference', _ref: id, _weak: true}
}

/** Whether a value is a plain object, as opposed to an array, a scalar or nothing. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
