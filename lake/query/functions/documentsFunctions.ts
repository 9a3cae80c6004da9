import {referenceIn} from '../evaluate/references.ts'
import type {Scope} from '../evaluate/scope.ts'
import {isObject, type GroqValue} from '../evaluate/value.ts'
import type {FunctionTable} from './table.ts'

/**
 * Functions of the namespace `documents`, for documents by id or by a reference that may name another dataset. Those of
 * other datasets are out of reach: null.
 */
export const documentsFunctions: FunctionTable = {
  get: {
    arity: 1,
    call: ([reference = null], scope) => {
      const id = localId(reference, scope)
      return id === undefined ? null : (scope.run.document(id) ?? null)
    },
  },
  /** References from other datasets are known to nobody here. */
  incomingGlobalDocumentReferenceCount: {arity: {least: 0, most: 1}, call: () => 0},
  incomingRefCount: {
    arity: {least: 0, most: 1},
    call: ([reference], scope) => {
      const id = reference === undefined ? ownId(scope.value) : localId(reference, scope)
      return id === undefined ? null : scope.run.referrerCount(id)
    },
  },
}

/** Functions of the namespace `media`: an aspect of an asset, which is an attribute of the asset's document here. */
export const mediaFunctions: FunctionTable = {
  aspect: {
    arity: 2,
    call: ([asset = null, name], scope) => {
      const id = localId(asset, scope)
      const document = id === undefined ? undefined : scope.run.document(id)
      const aspects = document?.['aspects']
      if (typeof name !== 'string' || !isObject(aspects)) return null
      return Object.hasOwn(aspects, name) ? (aspects[name] ?? null) : null
    },
  },
}

function ownId(value: GroqValue): string | undefined {
  if (!isObject(value)) return undefined
  const {_id} = value
  return typeof _id === 'string' ? _id : undefined
}

/** The id in `"id"`, `{_ref: "id"}` and `{_ref: "dataset:project.dataset:id"}`, where it is one of this dataset. */
function localId(reference: GroqValue, {run}: Scope): string | undefined {
  const id = typeof reference === 'string' ? reference : referenceIn(reference)
  if (id === undefined || !id.includes(':')) return id
  const here = `dataset:${run.projectId}.${run.dataset}:`
  return id.startsWith(here) ? id.slice(here.length) : undefined
}
