/**
 * @typedef {{id: string, kind: 'news' | 'withdrawal', level: string, text: string, url: string | null, startsAt: string, until: string}} Banner
 * What a message of the server says, with what its clock showed: `ahead` is how many milliseconds the
 * server's clock was ahead of this machine's when the message came.
 * @typedef {{banners: Banner[], ahead: number}} BreakingState
 */

/** The server sends something at least every 15 seconds; silence for three times that is a broken stream. */
const silence = 45_000
const firstRetry = 1000
const longestRetry = 30_000

/**
 * Follows the server's breaking news until the page goes: reconnects when the stream breaks, when it turns
 * silent (a laptop that slept, a proxy that forgot) and when the server refuses for a while.
 * @param {string} address
 * @param {(state: BreakingState) => void} receive
 * @returns {() => void} the way to stop
 */
export function followBreaking(address, receive) {
  /** @type {EventSource | undefined} */
  let stream
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let retryIn = firstRetry
  /** @type {Banner[] | undefined} */
  let banners

  /** @param {number} milliseconds */
  const reconnectIn = (milliseconds) => {
    clearTimeout(timer)
    timer = setTimeout(connect, milliseconds)
  }

  const connect = () => {
    stream?.close()
    const source = new EventSource(address)
    stream = source
    reconnectIn(silence)
    /** @param {string} serverTime */
    const hear = (serverTime) => {
      retryIn = firstRetry
      reconnectIn(silence)
      if (banners) receive({banners, ahead: Date.parse(serverTime) - Date.now()})
    }
    source.addEventListener('tick', (event) => hear(event.data))
    source.addEventListener('state', (event) => {
      const state = JSON.parse(event.data)
      banners = state.banners
      hear(state.serverTime)
    })
    source.addEventListener('error', () => {
      source.close()
      // Not all readers at once, when it was the server that went.
      reconnectIn(retryIn * (0.5 + Math.random()))
      retryIn = Math.min(retryIn * 2, longestRetry)
    })
  }

  connect()
  return () => {
    clearTimeout(timer)
    stream?.close()
  }
}
