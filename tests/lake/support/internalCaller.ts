import type {Caller} from '../../../lake/access/caller.ts'

/** A part of the program, which may do everything: for tests that open a dataset without a server. */
export const internalCaller: Caller = {
  kind: 'internal',
  userId: 'e1',
  displayName: 'E',
  roles: [],
  reads: 'everything',
  may: () => true,
}
