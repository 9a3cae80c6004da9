import type {Caller} from '../access/caller.ts'
import {httpError, LakeError} from '../errors.ts'
import {openEventStream, type EventStream, type StreamLimits} from './eventStream.ts'
import {channelText, controlText, type ListenerControl} from './channelFrames.ts'
import type {FrameSink} from './frames.ts'

/**
 * Connections that carry many listeners each. A browser allows six HTTP/1.1 connections a host, and one open document
 * listens to as many streams; a channel lets all tabs of a browser share one (docs/decisions/0001).
 */
export type Channels = {
  /** Opens a channel as the stream that carries it. Throws `LakeError` `channelTaken` (409). */
  open(id: string, caller: Caller): EventStream
  /** The caller's open channel. Throws `LakeError` `channelGone` (410), on which the other side opens a new one. */
  find(id: string, caller: Caller): Channel
}

export type Channel = {
  /**
   * Starts a listener on the channel: `start` is handed its place and returns the way to stop it. What it throws becomes the
   * listener's refusal. A name that is taken replaces the listener that had it.
   */
  add(listener: string, start: (sink: FrameSink) => () => void): void
  remove(listener: string): void
}

/** More listeners than a browser full of tabs has; beyond it something opens them in a loop. */
const listenersPerChannel = 2000

type OpenChannel = {caller: Caller; stream: EventStream; listeners: Map<string, () => void>}

export function createChannels(limits?: StreamLimits): Channels {
  const channels = new Map<string, OpenChannel>()

  function open(id: string, caller: Caller): EventStream {
    if (channels.has(id)) {
      throw httpError(
        409,
        'channelTaken',
        'A channel with this id is open already. Use another id.',
      )
    }
    const stream = openEventStream(limits)
    const channel = {caller, stream, listeners: new Map<string, () => void>()}
    channels.set(id, channel)
    stream.closed.addEventListener('abort', () => {
      channels.delete(id)
      for (const stop of channel.listeners.values()) stop()
      channel.listeners.clear()
    })
    return stream
  }

  function find(id: string, caller: Caller): Channel {
    const channel = channels.get(id)
    const owned = channel?.caller.kind === caller.kind && channel.caller.userId === caller.userId
    if (!channel || !owned) {
      throw httpError(410, 'channelGone', 'This channel is not open. Open a new one.')
    }
    return {
      add: (listener, start) => add(channel, listener, start),
      remove: (listener) => remove(channel, listener),
    }
  }
  return {open, find}
}

function add(channel: OpenChannel, listener: string, start: (sink: FrameSink) => () => void): void {
  const {stream, listeners} = channel
  const control = (message: ListenerControl) => stream.send(controlText(listener, message))
  remove(channel, listener)
  if (listeners.size >= listenersPerChannel) return control(refusal(tooManyListeners()))
  let opened = false
  let over = false
  const sink: FrameSink = {
    send(text) {
      if (over) return
      if (!opened) control({control: 'opened'})
      opened = true
      stream.send(channelText(listener, text))
    },
    end() {
      if (over) return
      over = true
      listeners.delete(listener)
      control({control: 'ended'})
    },
  }
  try {
    const stop = start(sink)
    const stopForGood = () => {
      over = true
      stop()
    }
    if (!over) listeners.set(listener, stopForGood)
  } catch (error) {
    if (!(error instanceof LakeError)) throw error
    control(refusal(error))
  }
}

function remove({listeners}: OpenChannel, listener: string): void {
  listeners.get(listener)?.()
  listeners.delete(listener)
}

function refusal({status, body}: LakeError): ListenerControl {
  return {control: 'refused', status, body}
}

function tooManyListeners() {
  return httpError(429, 'tooManyListeners', 'This browser has too many listeners open.')
}
