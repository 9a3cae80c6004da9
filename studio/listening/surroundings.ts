import {uuid} from '@sanity/uuid'

import type {ChannelSurroundings} from './channelCarrier.ts'

/** The browser's own fetch, timers and randomness, in a page or a worker. */
export const browserSurroundings: ChannelSurroundings = {
  fetch: (url, init) => fetch(url, init),
  newId: uuid,
  setTimer(callback, milliseconds) {
    const timer = setTimeout(callback, milliseconds)
    return () => clearTimeout(timer)
  },
}
