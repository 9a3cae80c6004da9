import {transactionError, type LakeError} from '../errors.ts'
import type {JsonObject} from './document.ts'

/** Why one mutation or action cannot be done, before it is known where in the transaction it stood. */
export class TransactionFault extends Error {
  readonly status: number
  readonly detail: JsonObject & {type: string; description: string}

  constructor(status: number, detail: JsonObject & {type: string; description: string}) {
    super(detail.description)
    this.name = 'TransactionFault'
    this.status = status
    this.detail = detail
  }

  /** The error of the whole transaction, in the form that `@sanity/client` turns into its error classes. */
  inTransaction(kind: 'mutationError' | 'actionError', index: number): LakeError {
    const prefix =
      this.status === 403
        ? 'transaction failed'
        : kind === 'actionError'
          ? 'Action failed'
          : 'Mutation failed'
    return transactionError(this.status, kind, `${prefix}: ${this.message}`, [
      {index, error: this.detail},
    ])
  }
}

export const faults = {
  notFound: (id: string) =>
    new TransactionFault(409, {
      type: 'documentNotFoundError',
      id,
      description: `The document with the ID "${id}" was not found`,
    }),
  alreadyExists: (id: string) =>
    new TransactionFault(409, {
      type: 'documentAlreadyExistsError',
      id,
      description: `Document by ID "${id}" already exists`,
    }),
  revision: (id: string, current: string | undefined, expected: string) =>
    new TransactionFault(409, {
      type: 'documentRevisionIDDoesNotMatchError',
      currentRevisionID: current ?? '',
      expectedRevisionID: expected,
      description: `Document "${id}" has unexpected revision ID ("${current ?? ''}"), expected "${expected}"`,
    }),
  referenced: (id: string, referencingIDs: readonly string[]) =>
    new TransactionFault(409, {
      type: 'documentHasExistingReferencesError',
      id,
      referencingIDs: [...referencingIDs],
      description: `Document "${id}" cannot be deleted as there are references to it from ${referencingIDs.map((from) => `"${from}"`).join(', ')}`,
    }),
  missingReference: (id: string, referenceID: string) =>
    new TransactionFault(409, {
      type: 'documentReferenceDoesNotExistError',
      id,
      referenceID,
      description: `Document "${id}" references non-existent document "${referenceID}"`,
    }),
  forbidden: (permission: 'create' | 'update') =>
    new TransactionFault(403, {
      type: 'insufficientPermissionsError',
      permission,
      description: `Insufficient permissions; permission "${permission}" required`,
    }),
  malformed: (description: string) =>
    new TransactionFault(400, {type: 'validationError', description}),
} as const
