/** A sequence of chances that is the same on every machine and in every run. */
export type Random = {
  /** From 0 up to, but not including, 1. */
  fraction(): number
  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number
  chance(share: number): boolean
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string
}

/** Marsaglia's xorshift with 32 bits, begun anew for each `seed` (a whole number) and `stream` (what it is for). */
export function seededRandom(stream: string, seed: number): Random {
  let state = hashOf(`${stream} ${seed}`) || 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  const fraction = () => next() / 2 ** 32
  return {
    fraction,
    below: (limit) => Math.floor(fraction() * limit),
    chance: (share) => fraction() < share,
    hex(digits) {
      let text = ''
      while (text.length < digits) text += next().toString(16).padStart(8, '0')
      return text.slice(0, digits)
    },
  }
}

/** FNV-1a with a last mixing step, so that neighbouring seeds begin far from each other. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
