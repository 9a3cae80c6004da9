import type {ListenerRequest} from './carrier.ts'

/** What a tab tells the shared worker. Listeners have names that are the tab's own. */
export type TabMessage =
  | {kind: 'open'; listener: number; origin: string; request: ListenerRequest}
  | {kind: 'close'; listener: number}
  /** The tab holds the Web Lock of this name for as long as it lives. */
  | {kind: 'alive'; lock: string}
  /** The tab goes away, or to sleep in the browser's back-forward cache: none of its listeners are wanted. */
  | {kind: 'leave'}

/** What the shared worker tells a tab. */
export type WorkerMessage =
  /** The worker runs, and holds the Web Lock of this name for as long as it lives; no lock where there are none. */
  | {kind: 'ready'; lock: string | undefined}
  | {kind: 'respond'; listener: number; status: number; body: string}
  | {kind: 'send'; listener: number; text: string}
  | {kind: 'end'; listener: number}
