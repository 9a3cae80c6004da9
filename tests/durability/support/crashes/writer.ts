import type {Caller} from '../../../../lake/access/caller.ts'

/** Who fills a folder before it is served: may do everything. */
export const writer: Caller = {
  kind: 'internal',
  userId: 'system-writer',
  displayName: 'Writer',
  roles: [],
  reads: 'everything',
  may: () => true,
}
