import {expect} from 'vitest'

/** A document action as the client sends it. */
export const action = (name: string, fields: object) => ({
  actionType: `sanity.action.document.${name}`,
  ...fields,
})

/** The status and body of an answer to actions that were done. */
export const done = [200, {transactionId: expect.any(String)}]

/** The status and body of the refusal of the action at `index`. */
export function refused(type: string, description: string, detail: object = {}, index = 0) {
  const error = {type, description, ...detail}
  const status = type === 'validationError' ? 400 : 409
  const body = {
    error: {
      type: 'actionError',
      description: `Action failed: ${description}`,
      items: [{index, error}],
    },
  }
  return [status, body]
}

export const notFound = (missing: string) =>
  refused('documentNotFoundError', `The document with the ID "${missing}" was not found`, {
    id: missing,
  })
export const exists = (present: string) =>
  refused('documentAlreadyExistsError', `Document by ID "${present}" already exists`, {
    id: present,
  })
export const otherRevision = (of: string, current: string, expected: string) =>
  refused(
    'documentRevisionIDDoesNotMatchError',
    `Document "${of}" has unexpected revision ID ("${current}"), expected "${expected}"`,
    {currentRevisionID: current, expectedRevisionID: expected},
  )
