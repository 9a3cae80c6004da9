import {z} from 'zod'

const place = {line: z.number().int().positive(), text: z.string()}

/** What became of one line of the source. */
export const receiptLine = z.discriminatedUnion('fate', [
  z.strictObject({...place, fate: z.literal('kept'), path: z.string()}),
  z.strictObject({...place, fate: z.literal('merged'), into: z.number().int().positive()}),
  z.strictObject({...place, fate: z.literal('dropped'), rule: z.string()}),
  z.strictObject({...place, fate: z.literal('unplaced')}),
])
export type ReceiptLine = z.infer<typeof receiptLine>

export const receiptCounts = z.strictObject({
  kept: z.number().int(),
  merged: z.number().int(),
  dropped: z.number().int(),
  unplaced: z.number().int(),
})

/** Every line of a source that is not blank, in its order, with what became of it. */
export const receipt = z.strictObject({lines: z.array(receiptLine), counts: receiptCounts})
export type Receipt = z.infer<typeof receipt>

/** What becomes of a line, without the line. */
export type Fate =
  | {fate: 'kept'; path: string}
  | {fate: 'merged'; into: number}
  | {fate: 'dropped'; rule: string}

/** Writes the receipt: a line without a fate is unplaced. */
export function writeReceipt(
  lines: readonly {number: number; text: string}[],
  fates: ReadonlyMap<number, Fate>,
): Receipt {
  const written = lines.map(({number, text}): ReceiptLine => {
    const fate = fates.get(number)
    return fate === undefined
      ? {line: number, text, fate: 'unplaced'}
      : {line: number, text, ...fate}
  })
  const count = (name: ReceiptLine['fate']) => written.filter(({fate}) => fate === name).length
  return {
    lines: written,
    counts: {
      kept: count('kept'),
      merged: count('merged'),
      dropped: count('dropped'),
      unplaced: count('unplaced'),
    },
  }
}
