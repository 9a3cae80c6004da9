/** When indexes over keys come by themselves, beyond the built-in ones, and when they go. */
export type IndexPolicy = {
  /** Documents that queries may have read in vain before a key gets an index. */
  payAfterDocuments: number
  most: number
  /** When there are so many: selections that were answered since an index was used, after which it makes room for another. */
  idleAfter: number
}

export const defaultIndexPolicy: IndexPolicy = {
  payAfterDocuments: 20_000,
  most: 24,
  idleAfter: 100_000,
}

/** Keys that are remembered while they do not pay: whoever makes up ever new ones must not fill the memory. */
const mostRemembered = 1_000

/** What the queries of this process have asked of the indexes, by the keys' names: which they used, and which they missed. */
export class IndexDemand {
  readonly #policy: IndexPolicy
  /** Selections that were answered. */
  #answered = 0
  /** How many had been answered when an index was used last. */
  readonly #usedAt = new Map<string, number>()
  readonly #readInVain = new Map<string, number>()

  constructor(policy: IndexPolicy) {
    this.#policy = policy
  }

  /** A selection was answered, perhaps by an index. */
  answered(name: string | undefined): void {
    this.#answered += 1
    if (name !== undefined) this.#usedAt.set(name, this.#answered)
  }

  /** Documents were read that an index could have spared. Answers whether that has cost enough by now. */
  missed(name: string, documents: number): boolean {
    const total = (this.#readInVain.get(name) ?? 0) + documents
    // At the end again, so that the first is the one that was missed longest ago.
    this.#readInVain.delete(name)
    this.#readInVain.set(name, total)
    const [longestAgo] = this.#readInVain.keys()
    if (this.#readInVain.size > mostRemembered && longestAgo) this.#readInVain.delete(longestAgo)
    return total >= this.#policy.payAfterDocuments
  }

  /** The key gets an index: what it has cost is settled. */
  settle(name: string): void {
    this.#readInVain.delete(name)
    this.#usedAt.set(name, this.#answered)
  }

  /** Of these, the one that was not used for longest, if that is long enough. */
  idle(names: readonly string[]): string | undefined {
    const since = (name: string) => this.#answered - (this.#usedAt.get(name) ?? 0)
    const [longest] = names.toSorted((one, other) => since(other) - since(one))
    return longest !== undefined && since(longest) >= this.#policy.idleAfter ? longest : undefined
  }
}
