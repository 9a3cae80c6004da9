import {createClient, type ClientConfig, type SanityClient} from '@sanity/client'

/** The API version that the newsroom's queries are written against. */
export const apiVersion = '2025-02-19'

export type LakeClientOptions = {
  /** `embedded`: the lake of this product, at `apiHost`. `hosted`: Sanity's own. */
  lake: 'embedded' | 'hosted'
  projectId: string
  dataset: string
  /** Origin of the embedded lake, as in `http://localhost:3000`. */
  apiHost?: string
  token?: string
  /** `published` for what readers may see, `drafts` for previews, `raw` for tools. */
  perspective: 'published' | 'drafts' | 'raw'
  /** Answers requests in process, past the network. */
  resolveFetch?: ClientConfig['resolveFetch']
}

/**
 * The one way to a client for either lake. Never asks a CDN: a reader must not see yesterday's text a minute
 * after a kill, and the site has a cache of its own.
 * Throws when the embedded lake's address is missing.
 */
export function createLakeClient(options: LakeClientOptions): SanityClient {
  const {lake, projectId, dataset, perspective} = options
  return createClient({
    projectId,
    dataset,
    apiVersion,
    perspective,
    useCdn: false,
    ...(lake === 'embedded' && {apiHost: embeddedHost(options), useProjectHostname: false}),
    ...(options.token !== undefined && {token: options.token, ignoreBrowserTokenWarning: true}),
    ...(options.resolveFetch && {resolveFetch: options.resolveFetch}),
  })
}

function embeddedHost({apiHost}: LakeClientOptions): string {
  if (apiHost) return apiHost
  throw new Error('The embedded lake has no address. Hand its origin in as apiHost.')
}
