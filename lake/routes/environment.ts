import type {Caller} from '../access/caller.ts'
import type {Provenance} from '../access/crossSite.ts'
import type {AssetStore} from '../assets/assetStore.ts'
import type {Dataset} from '../documents/dataset.ts'
import type {LakeEnvironment} from '../environment.ts'
import type {LiveHub} from '../live/hub.ts'
import type {LiveEvents} from '../live/liveEvents.ts'

/**
 * What the server has found out about a request before a route sees it. `dataset`, `assets`, `live` and
 * `liveEvents` belong to the dataset that the path names, and are set only on paths that name one (`:dataset`).
 */
export type LakeVariables = {
  caller: Caller
  /** `YYYY-MM-DD`, `X` or `1`: compare with `atLeast`. */
  apiVersion: string
  requestId: string
  projectId: string
  environment: LakeEnvironment
  dataset: Dataset
  assets: AssetStore
  live: LiveHub
  liveEvents: LiveEvents
  /** Whose page sent the request. */
  provenance: Provenance
  /** When the caller's session ends; `undefined` unless the caller is a person with a session. */
  sessionExpiresAt: Date | undefined
  /** The headers of a request that its answer depends on, for `Vary`. */
  varies: readonly string[]
  /** Whether the answer has all of its headers already. */
  isComplete: boolean
}

/** The type of every Hono part under `/v:version/`. */
export type LakeHonoEnv = {Variables: LakeVariables}

/** Whether an API version is `date` (`YYYY-MM-DD`) or later; `X` is later than every date, `1` earlier. */
export function atLeast(version: string, date: string): boolean {
  if (version === 'X') return true
  return version !== '1' && version >= date
}
