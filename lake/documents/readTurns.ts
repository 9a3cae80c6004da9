/** Milliseconds that readers may take of one turn of the event loop, after which the rest wait for the next one. */
const share = 1

/**
 * Readers take turns, so that a writer never waits for all of them: once they have had their share of a turn of the event
 * loop the rest wait, in order, and before they go on whoever else came is heard.
 */
export class ReadTurns {
  readonly #waiting: (() => void)[] = []
  #spent = 0
  #scheduled = false

  /** Runs a read, which is expected to do its work at once, when its turn has come. */
  async run<Answer>(read: () => Answer): Promise<Awaited<Answer>> {
    if (this.#waiting.length > 0 || this.#spent >= share) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
        this.#schedule()
      })
    }
    try {
      return await this.#timed(read)
    } finally {
      if (this.#spent < share) this.#waiting.shift()?.()
      this.#schedule()
    }
  }

  /** Counts what a read takes before anybody is waited for: others may come in the same instant. */
  #timed<Answer>(read: () => Answer): Answer {
    const began = performance.now()
    try {
      return read()
    } finally {
      this.#spent += performance.now() - began
    }
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#spent = 0
      this.#waiting.shift()?.()
      if (this.#waiting.length > 0) this.#schedule()
    })
  }
}
