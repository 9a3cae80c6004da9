/** One frame of a channel: events of a listener as text, or word about it. */
export type ChannelFrame =
  | {listener: string; text: string}
  | {listener: string; control: string; data: string}

/**
 * Cuts the text of a channel into frames as it comes in, in whatever pieces. Comments, and frames that name
 * no listener, are dropped. The form is `lake/live/channelFrames.ts`'s.
 */
export function createFrameReader(): (piece: string) => ChannelFrame[] {
  let rest = ''
  return (piece) => {
    const blocks = (rest + piece).split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => readFrame(block) ?? [])
  }
}

function readFrame(block: string): ChannelFrame | undefined {
  const [, listener, rest] = /^listener: ([\w.-]+)\n([^]*)$/.exec(block) ?? []
  if (listener === undefined || rest === undefined) return undefined
  const [, control, data] = /^control: (\w+)\ndata: (.*)$/.exec(rest) ?? []
  if (control === undefined || data === undefined) return {listener, text: `${rest}\n\n`}
  return {listener, control, data}
}
