import {deliberatelyAbsent} from './deliberatelyAbsent.ts'

/** One endpoint that was asked for and that this lake does not have. */
export type LedgerEntry = {
  method: string
  /** The path without its version. */
  path: string
  count: number
  /** Why it is left out on purpose; absent when nobody has thought of it yet. */
  reason?: string
}

/** Which unknown endpoints were asked for since the start. A run of all tests must leave only deliberate ones. */
export type Ledger = {
  record(method: string, path: string): LedgerEntry
  entries(): LedgerEntry[]
}

/** Enough for every endpoint that software asks for by design; a scanner's guesses do not fill the memory. */
const mostEntries = 1_000

export function createLedger(): Ledger {
  const entries = new Map<string, LedgerEntry>()
  return {
    record(method, path) {
      const key = `${method} ${path}`
      const known = entries.get(key)
      const reason = deliberatelyAbsent.find((absent) => absent.matches(path))?.reason
      const entry = known ?? {method, path, count: 0, ...(reason === undefined ? {} : {reason})}
      entry.count += 1
      if (entries.size < mostEntries) entries.set(key, entry)
      return entry
    },
    entries: () => Array.from(entries.values(), (entry) => ({...entry})),
  }
}
