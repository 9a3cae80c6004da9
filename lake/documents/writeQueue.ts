/** So many transactions at most share one synchronisation of the disk. */
const mostTogether = 64

type Job = {run(): Promise<Outcome>}
/**
 * How a transaction's caller is told, once the disk has been synchronised: or that it could not be. `afterwards` is what
 * follows when the caller has been told.
 */
type Outcome = {told(): void; failed(error: unknown): void; afterwards(): void}

/**
 * Writers take turns: the next transaction starts on what the one before has written. Those that wait at the same moment
 * share one synchronisation of the disk, and nobody is answered before it. Work that nobody waits for stands behind all.
 * The writers are answered first and everybody else hears right after them: those who type wait for their answer.
 */
export class WriteQueue {
  readonly #settle: () => Promise<void>
  readonly #jobs: Job[] = []
  readonly #spareJobs: Job[] = []
  /** What is to be done now that writers have been answered, in the order of their turns. */
  #following: (() => void)[] = []
  #working: Promise<void> | undefined

  /** `settle` puts on disk what the jobs have written, all of it or none. */
  constructor(settle: () => Promise<void>) {
    this.#settle = settle
  }

  /**
   * Runs a transaction when its turn has come, and resolves when it is on disk. `afterwards` is called once the answer has
   * gone, in the order of the turns and before any later group is answered; it must not throw.
   */
  add<Answer>(
    transaction: () => Promise<Answer>,
    afterwards: (answer: Answer) => void,
  ): Promise<Answer> {
    return this.#push(this.#jobs, transaction, afterwards)
  }

  /** Runs a step of work that nobody waits for, once no transaction is waiting, and resolves when it is on disk. */
  addSpare<Answer>(step: () => Promise<Answer>): Promise<Answer> {
    return this.#push(this.#spareJobs, step, () => undefined)
  }

  /** Resolves when nobody waits, and everybody has heard. */
  async idle(): Promise<void> {
    while (this.#working) await this.#working
    this.#follow()
  }

  #push<Answer>(
    jobs: Job[],
    transaction: () => Promise<Answer>,
    afterwards: (answer: Answer) => void,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      jobs.push({
        async run() {
          try {
            const answer = await transaction()
            return {
              told: () => resolve(answer),
              failed: reject,
              afterwards: () => afterwards(answer),
            }
          } catch (error) {
            // It may have failed on what an earlier one wrote: that has to be on disk before it is told.
            return {told: () => reject(error), failed: reject, afterwards() {}}
          }
        },
      })
      this.#working ??= this.#work()
    })
  }

  async #work(): Promise<void> {
    while (this.#jobs.length + this.#spareJobs.length > 0) {
      // Whoever has just been answered may have more to write.
      if (this.#jobs.length === 0) await arrivals()
      await this.#finish(this.#jobs.length > 0 ? await this.#writers() : await this.#spare())
    }
    this.#working = undefined
  }

  /** The transactions that wait, and those that come while they run. */
  async #writers(): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    while (outcomes.length < mostTogether) {
      const job = this.#jobs.shift()
      if (job === undefined) break
      outcomes.push(await job.run())
      // Whoever has just sent a transaction comes along.
      if (this.#jobs.length === 0) await arrivals()
    }
    return outcomes
  }

  async #spare(): Promise<Outcome[]> {
    const job = this.#spareJobs.shift()
    return job === undefined ? [] : [await job.run()]
  }

  async #finish(outcomes: readonly Outcome[]): Promise<void> {
    try {
      await this.#settle()
    } catch (error) {
      for (const {failed} of outcomes) failed(error)
      return
    }
    this.#follow()
    for (const {told, afterwards} of outcomes) {
      told()
      this.#following.push(afterwards)
    }
    whenAnswersHaveGone(() => this.#follow())
  }

  #follow(): void {
    const following = this.#following
    this.#following = []
    for (const step of following) step()
  }
}

/**
 * Runs a step after all that an answer sets off at once, and before anything else is taken from the network. Twice, since a
 * web server may put off the last of its writing to the end of the tick.
 */
function whenAnswersHaveGone(step: () => void): void {
  process.nextTick(() => process.nextTick(step))
}

function arrivals(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
