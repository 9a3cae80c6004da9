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
/** A stream says how things stand at once; one that has not done so by then is held back on its way. */
const patience = 5000
/** A stream that was heard is missed after this long, and asked past every so often until it is heard again. */
const missedAfter = 20_000
const askEvery = 15_000
/** What comes over the stream so much later than it was sent has been held back, and is not news any more. */
const tooLate = 10_000

/**
 * Follows the server's breaking news until the page goes: reconnects when the stream breaks, when it turns
 * silent (a laptop that slept, a proxy that forgot) and when the server refuses for a while, each time after the last
 * event that it saw. While no stream gets through (a proxy that holds it back or cuts it off) it asks every 15 seconds.
 * @param {string} address of the stream
 * @param {string} feed where to ask when there is no stream
 * @param {(state: BreakingState) => void} receive
 * @returns {() => void} the way to stop
 */
export function followBreaking(address, feed, receive) {
  /** @type {EventSource | undefined} */
  let stream
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let reconnecting
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let asking
  let retryIn = firstRetry
  let lastEventId = ''
  let stopped = false
  /** @type {Banner[] | undefined} */
  let banners
  /** By how much the server's clock was ahead when it last answered a question; that comes at once, or not at all. */
  let askedAhead = -Infinity
  /** When the stream told how things stand, by the server's clock, since the last question was put. */
  let toldSinceAsked = -Infinity

  /** @param {number} milliseconds */
  const reconnectIn = (milliseconds) => {
    clearTimeout(reconnecting)
    reconnecting = setTimeout(connect, milliseconds)
  }
  /** @param {number} milliseconds */
  const askIn = (milliseconds) => {
    clearTimeout(asking)
    asking = setTimeout(ask, milliseconds)
  }

  const connect = () => {
    stream?.close()
    const since = lastEventId && `?lastEventId=${encodeURIComponent(lastEventId)}`
    const source = new EventSource(address + since)
    stream = source
    reconnectIn(silence)
    /**
     * @param {string} eventId
     * @param {string} serverTime
     * @param {Banner[] | undefined} list
     */
    const hear = (eventId, serverTime, list) => {
      const ahead = Date.parse(serverTime) - Date.now()
      if (ahead < askedAhead - tooLate) return
      lastEventId = eventId
      retryIn = firstRetry
      reconnectIn(silence)
      askIn(missedAfter)
      banners = list
      if (list) receive({banners: list, ahead})
    }
    source.addEventListener('tick', ({lastEventId: id, data}) => hear(id, data, banners))
    source.addEventListener('state', ({lastEventId: id, data}) => {
      const state = JSON.parse(data)
      toldSinceAsked = Date.parse(state.serverTime)
      hear(id, state.serverTime, state.banners)
    })
    source.addEventListener('error', () => {
      source.close()
      // Not all readers at once, when it was the server that went.
      reconnectIn(retryIn * (0.5 + Math.random()))
      retryIn = Math.min(retryIn * 2, longestRetry)
    })
  }

  const ask = async () => {
    askIn(askEvery)
    toldSinceAsked = -Infinity
    try {
      const answer = await fetch(feed, {cache: 'no-cache'})
      const state = await answer.json()
      const answeredAt = Date.parse(state.serverTime)
      // The stream was quicker than this answer: what it said is newer, and it says the rest.
      if (stopped || answeredAt <= toldSinceAsked) return
      askedAhead = answeredAt - Date.now()
      banners = state.banners
      receive({banners: state.banners, ahead: askedAhead})
    } catch {
      // Asked again in its time.
    }
  }

  connect()
  askIn(patience)
  return () => {
    stopped = true
    clearTimeout(reconnecting)
    clearTimeout(asking)
    stream?.close()
  }
}
