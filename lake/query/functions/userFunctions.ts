import type {FunctionTable} from './table.ts'

/** Functions of the namespace `user`. Attributes of users belong to hosted organizations: here nobody has any. */
export const userFunctions: FunctionTable = {
  attributes: {arity: 0, call: () => ({})},
}
