import {createHash, randomBytes} from 'node:crypto'

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** A new secret of 256 random bits in base64url, for sign-in links, sessions and tokens. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * What is stored in place of a secret. A plain SHA-256 is right here: the secrets are 256 random bits, so
 * there is no dictionary to slow down, and a slow hash would be paid on every request.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** A short random id of letters and digits (60 bits after the prefix), as user ids must be. */
export function newShortId(prefix: string): string {
  const letters = Array.from(randomBytes(12), (byte) => idAlphabet[byte % idAlphabet.length])
  return prefix + letters.join('')
}
