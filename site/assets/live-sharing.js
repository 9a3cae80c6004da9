import {followBreaking} from './live-connection.js'

/** @typedef {import('./live-connection.js').BreakingState} BreakingState */
/** @typedef {(state: BreakingState) => void} Receive */

const address = '/live/breaking'
const feed = '/api/breaking.json'
/** Names the worker, the lock and the channel that the tabs of one browser share. */
const shared = 'breaking news'
/** How often a tab asks the worker whether it is there. The tab whose process held it may have crashed. */
const askWorkerEvery = 3000
const pollEvery = 600
const longestPoll = 30_000

/**
 * Follows breaking news over one connection for all tabs of a browser: a browser opens six to a host at
 * most, and with one for each tab no page would load any more. Where there is no shared worker one tab
 * follows and tells the others; where there are no locks either (plain HTTP, away from this machine) the
 * tab that is looked at asks again and again.
 * @param {string | undefined} workerAddress
 * @param {Receive} receive
 * @returns {() => void} the way to stop
 */
export function shareBreaking(workerAddress, receive) {
  const withoutWorker = () => ('locks' in navigator ? followInTurn(receive) : poll(receive))
  if (workerAddress === undefined || typeof SharedWorker === 'undefined') return withoutWorker()
  let stop = followByWorker(workerAddress, receive, () => {
    stop = withoutWorker()
  })
  return () => stop()
}

/**
 * @param {string} workerAddress
 * @param {Receive} receive
 * @param {() => void} fail called once when the worker cannot be started
 */
function followByWorker(workerAddress, receive, fail) {
  /** @type {MessagePort | undefined} */
  let port
  let answered = true
  let silences = 0

  const leave = () => {
    port?.postMessage('gone')
    port?.close()
    port = undefined
  }
  const stop = () => {
    clearInterval(asking)
    leave()
  }
  const giveUp = () => {
    if (port === undefined) return
    stop()
    fail()
  }
  const join = () => {
    leave()
    answered = true
    const worker = new SharedWorker(workerAddress, {type: 'module', name: shared})
    worker.addEventListener('error', giveUp)
    port = worker.port
    port.addEventListener('message', ({data}) => {
      answered = true
      silences = 0
      if (data !== 'here') receive(data)
    })
    port.start()
  }
  const asking = setInterval(() => {
    if (!answered) {
      silences += 1
      return silences > 2 ? giveUp() : join()
    }
    answered = false
    port?.postMessage('there?')
  }, askWorkerEvery)

  join()
  return stop
}

/**
 * One tab at a time holds the lock and follows. The tab that comes into view takes the lock over, because
 * the one that had it may have been put to sleep with the connection open and nobody reading.
 * @param {Receive} receive
 */
function followInTurn(receive) {
  const channel = new BroadcastChannel(shared)
  /** @param {BreakingState | 'what is new?'} message */
  const tellOthers = (message) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
    channel.postMessage(message)
  }
  const leaving = new AbortController()
  let mine = false
  /** @type {BreakingState | undefined} */
  let last

  /** @returns {Promise<void>} until this tab goes */
  const follow = () =>
    new Promise((resolve) => {
      mine = true
      const stop = followBreaking(address, feed, (state) => {
        last = state
        receive(state)
        tellOthers(state)
      })
      release = () => {
        mine = false
        stop()
        resolve()
      }
    })
  let release = () => {}

  let waiting = false
  const wait = () => {
    if (waiting || leaving.signal.aborted) return
    waiting = true
    const granted = () => {
      waiting = false
      return follow()
    }
    navigator.locks.request(shared, {signal: leaving.signal}, granted).catch(lose)
  }
  /** Another tab took the lock over, or this one goes. */
  const lose = () => {
    release()
    wait()
  }
  const takeOver = () => {
    if (document.hidden || mine) return
    navigator.locks.request(shared, {steal: true}, follow).catch(lose)
  }

  channel.addEventListener('message', ({data}) => {
    if (data !== 'what is new?') receive(data)
    else if (mine && last) tellOthers(last)
  })
  tellOthers('what is new?')
  document.addEventListener('visibilitychange', takeOver)
  wait()
  return () => {
    document.removeEventListener('visibilitychange', takeOver)
    leaving.abort()
    release()
    channel.close()
  }
}

/** @param {Receive} receive */
function poll(receive) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let wait = pollEvery
  let stopped = false

  const ask = async () => {
    clearTimeout(timer)
    if (!document.hidden) {
      try {
        const answer = await fetch(feed, {cache: 'no-cache'})
        const {banners, serverTime} = await answer.json()
        if (stopped) return
        receive({banners, ahead: Date.parse(serverTime) - Date.now()})
        wait = pollEvery
      } catch {
        wait = Math.min(wait * 2, longestPoll)
      }
    }
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(ask, wait)
  }

  document.addEventListener('visibilitychange', ask)
  ask()
  return () => {
    stopped = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', ask)
  }
}
