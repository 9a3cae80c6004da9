import type {Carrier, ListenerRequest, Receiver} from './carrier.ts'
import {holdLifeline, whenLifelineEnds} from './lifeline.ts'
import type {TabMessage, WorkerMessage} from './messages.ts'

type Listener = {
  request: ListenerRequest
  receiver: Receiver
  /** Set when the worker could not be used, and the listener runs in this page. */
  stop?: () => void
}

type Line = {post(message: TabMessage): void}

/**
 * Carries this tab's listeners over the worker that all tabs share. When the worker cannot be loaded they run over
 * `fallback`, a connection of this tab's own; when it is lost, streams end, clients ask again, and a new one is started.
 */
export function createSharedCarrier(parts: {
  origin: string
  connectWorker(): SharedWorker
  fallback(): Carrier
  newId(): string
}): Carrier {
  const {origin, connectWorker, newId} = parts
  const listeners = new Map<number, Listener>()
  let line: Line | undefined
  let ownCarrier: Carrier | undefined
  let counter = 0

  function connect(): Line {
    const worker = connectWorker()
    const own = createLine((messages) => worker.port.postMessage(messages, []))
    let ready = false
    worker.port.addEventListener('message', ({data}: MessageEvent<WorkerMessage>) => {
      if (line !== own) return
      if (data.kind !== 'ready') return receive(data)
      ready = true
      if (data.lock !== undefined) whenLifelineEnds(data.lock, () => line === own && lostWorker())
    })
    worker.addEventListener('error', () => {
      if (line === own && !ready) fallBack()
    })
    worker.port.start()
    void sayAlive(own)
    return own
  }

  async function sayAlive(own: Line): Promise<void> {
    const lock = await holdLifeline(`dateline.listening.tab.${newId()}`)
    if (lock !== undefined) own.post({kind: 'alive', lock})
  }

  function receive(message: Exclude<WorkerMessage, {kind: 'ready'}>): void {
    const {listener} = message
    const receiver = listeners.get(listener)?.receiver
    if (message.kind === 'send') return receiver?.send(message.text)
    if (message.kind === 'end' || message.status !== 200) listeners.delete(listener)
    if (message.kind === 'end') receiver?.end()
    else receiver?.respond(message.status, message.body)
  }

  function open(request: ListenerRequest, receiver: Receiver): () => void {
    const listener = (counter += 1)
    if (ownCarrier) return ownCarrier.open(request, receiver)
    listeners.set(listener, {request, receiver})
    try {
      line ??= connect()
      line.post({kind: 'open', listener, origin, request})
    } catch {
      // Browsers throw where a page may have no workers at all, for example with cookies switched off.
      fallBack()
    }
    return () => close(listener)
  }

  function close(name: number): void {
    const listener = listeners.get(name)
    if (!listener) return
    listeners.delete(name)
    if (listener.stop) listener.stop()
    else line?.post({kind: 'close', listener: name})
  }

  /** Carries on in this page: the worker's script could not be loaded, or module workers are unknown here. */
  function fallBack(): void {
    line = undefined
    ownCarrier = parts.fallback()
    for (const listener of listeners.values()) {
      listener.stop = ownCarrier.open(listener.request, listener.receiver)
    }
  }

  function lostWorker(): void {
    line = undefined
    endAll()
  }

  function endAll(): void {
    const ended = [...listeners.values()]
    listeners.clear()
    for (const {stop, receiver} of ended) {
      stop?.()
      receiver.end()
    }
  }

  addEventListener('pagehide', () => {
    // A page that comes back from the browser's back-forward cache asks again, as after a lost connection.
    line?.post({kind: 'leave'})
    endAll()
  })
  return {open}
}

/** Sends what one turn of the page has to say in one message, so that the worker can ask for it in one request. */
function createLine(send: (messages: readonly TabMessage[]) => void): Line {
  let messages: TabMessage[] = []
  return {
    post(message) {
      messages.push(message)
      if (messages.length > 1) return
      queueMicrotask(() => {
        const turn = messages
        messages = []
        send(turn)
      })
    },
  }
}
