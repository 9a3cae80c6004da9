import type {WorkspaceOptions} from 'sanity'

import {lakeClientFactory} from './listening/clientFactory.ts'
import {isOwnAddress, keepInside} from './page/keepInside.ts'
import {quietProtocolWarning} from './page/quietWarnings.ts'
import type {StudioSettings} from './settings.ts'

/** Where schema extraction in Node imagines the page; nothing is requested from it. */
const originWithoutPage = 'http://localhost:3000'

/**
 * How the Studio reaches its lake. Embedded: the page's own origin, so that one build serves every port,
 * over the client that shares one event connection between tabs, signed in by cookie. Hosted: Sanity's own.
 */
export function lakeConnection(
  settings: StudioSettings,
): Pick<WorkspaceOptions, 'apiHost' | 'unstable_clientFactory' | 'auth'> {
  if (settings.lake === 'hosted') return {}
  const inBrowser = typeof location === 'object' && /^https?:$/.test(location.protocol)
  const origin = inBrowser ? location.origin : originWithoutPage
  if (inBrowser) {
    keepInside(globalThis, (url) => isOwnAddress(url, origin, settings.projectId))
    quietProtocolWarning(sessionStorage, new Date())
  }
  return {
    apiHost: origin,
    unstable_clientFactory: lakeClientFactory,
    auth: {loginMethod: 'cookie', redirectOnSingle: false},
  }
}
