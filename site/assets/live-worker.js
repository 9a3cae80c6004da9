import {followBreaking} from './live-connection.js'

/**
 * One connection for all tabs of a browser: it opens six to a host at most, and eight tabs with one each
 * would stop every page from loading.
 * @type {Set<MessagePort>}
 */
const tabs = new Set()

/** @type {import('./live-connection.js').BreakingState | undefined} */
let last

followBreaking('/live/breaking', '/api/breaking.json', (state) => {
  last = state
  for (const tab of tabs) tab.postMessage(state, [])
})

addEventListener('connect', (event) => {
  const tab = event instanceof MessageEvent ? event.ports[0] : undefined
  if (!tab) return
  tabs.add(tab)
  tab.addEventListener('message', (message) => {
    if (message.data === 'gone') tabs.delete(tab)
    else tab.postMessage('here', [])
  })
  tab.start()
  if (last) tab.postMessage(last, [])
})
