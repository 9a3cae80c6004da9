/** A listener as the client asked for it: the whole address of its request, and where to resume. */
export type ListenerRequest = {url: string; lastEventId?: string}

/** Who a listener's answer is for. `respond` comes first and once; after status 200 `send`, and `end` last. */
export type Receiver = {
  respond(status: number, body: string): void
  /** Text of whole server-sent events. */
  send(text: string): void
  end(): void
}

/** What brings listeners to the lake and their events back. */
export type Carrier = {
  /** Opens a listener; returns the way to stop it, after which the receiver hears nothing more. */
  open(request: ListenerRequest, receiver: Receiver): () => void
}
