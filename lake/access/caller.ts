import type {LakeDocument} from '../documents/document.ts'

/** What a grant may allow, in the words of the hosted lake's ACL. */
export type Permission = 'read' | 'create' | 'update' | 'history' | 'editHistory' | 'manage'

/**
 * Who is asking. Made once a request by `access/`; everything below the routes takes it as it is.
 * The anonymous caller reads root-path documents (no dot in the id) and may nothing else.
 */
export type Caller = {
  kind: 'anonymous' | 'session' | 'token' | 'internal'
  /** User id as it stands in the transaction log; `anonymous` for nobody. */
  userId: string
  displayName: string
  /** Role names, lowest first; empty for the anonymous caller. */
  roles: readonly string[]
  /** `everything`: all documents of the dataset. `public`: only ids without a dot, and no system documents. */
  reads: 'everything' | 'public'
  /** Whether a grant of this caller's roles holds `permission` over the document as given. */
  may(permission: Permission, document: LakeDocument): boolean
}
