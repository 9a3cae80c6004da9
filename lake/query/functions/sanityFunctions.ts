import {isArray, isObject, type GroqValue} from '../evaluate/value.ts'
import type {FunctionTable} from './table.ts'

const releaseDocument = '_.releases.'
const variantDocument = '_.variants.'

/** Functions of the namespace `sanity` (GROQ functions reference, "Sanity"). */
export const sanityFunctions: FunctionTable = {
  dataset: {arity: 0, call: (_, {run}) => run.dataset},
  partOfRelease: {
    arity: 1,
    call: ([release], {value}) => {
      const id = idOf(value)
      if (typeof release !== 'string' || id === null) return null
      const [first, name, ...rest] = id.split('.')
      return first === 'versions' && rest.length > 0 && name === bare(release, releaseDocument)
    },
  },
  partOfVariant: {
    arity: 1,
    call: ([variant], {value}) =>
      typeof variant === 'string' && idOf(value) !== null
        ? variantsOf(value).includes(bare(variant, variantDocument))
        : null,
  },
  projectId: {arity: 0, call: (_, {run}) => run.projectId},
  versionOf: {
    arity: 1,
    call: ([group], {value}) => {
      const id = idOf(value)
      return typeof group !== 'string' || id === null ? null : isVersionOf(id, group)
    },
  },
}

/** Functions of the namespace `releases` (GROQ functions reference, "Releases"). */
export const releasesFunctions: FunctionTable = {
  all: {
    arity: 0,
    call: (_, {run}) => run.everything().filter(({_type}) => _type === 'system.release'),
  },
}

function idOf(value: GroqValue): string | null {
  if (!isObject(value)) return null
  const {_id} = value
  return typeof _id === 'string' ? _id : null
}

/** The name of a release or variant, which may be asked for by its document's id as well. */
function bare(name: string, prefix: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name
}

/** Whether a document is the published one, the draft or a version of a group. */
function isVersionOf(id: string, group: string): boolean {
  if (id === group || id === `drafts.${group}`) return true
  const [first, name, ...rest] = id.split('.')
  return first === 'versions' && name !== undefined && rest.join('.') === group
}

/** The names of the variants that a document says it belongs to, in `_system.variant` or `_system.variants`. */
function variantsOf(value: GroqValue): string[] {
  if (!isObject(value)) return []
  const {_system} = value
  if (!isObject(_system)) return []
  const {variant, variants} = _system
  const named = isArray(variants) ? [variant, ...variants] : [variant]
  return named.flatMap((name) => {
    const reference = isObject(name) ? name['_ref'] : name
    return typeof reference === 'string' ? [bare(reference, variantDocument)] : []
  })
}
