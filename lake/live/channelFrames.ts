import type {JsonObject} from '../documents/document.ts'

/** What happens to a listener on a channel, beside the events that it gets. */
export type ListenerControl =
  | {control: 'opened'}
  /** The answer that the listener's own request would have got. */
  | {control: 'refused'; status: number; body: JsonObject}
  /** The listener's stream is over; its client comes back with its last event id. */
  | {control: 'ended'}

/**
 * A listener's frames as a channel carries them: each is the very frame that the listener's own stream would have held,
 * under one more line that names the listener. Readers of server-sent events skip fields that they do not know.
 */
export function channelText(listener: string, frames: string): string {
  return frames
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => `listener: ${listener}\n${frame}\n\n`)
    .join('')
}

/** A frame about a listener: `control` instead of `event`, so that no event's name can be mistaken for it. */
export function controlText(listener: string, {control, ...rest}: ListenerControl): string {
  return `listener: ${listener}\ncontrol: ${control}\ndata: ${JSON.stringify(rest)}\n\n`
}
