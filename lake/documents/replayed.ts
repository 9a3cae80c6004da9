/** Random values of a transaction: the same ones, in the same order, when it is computed again. */
export class Replayed {
  readonly #values: string[] = []
  #place = 0

  /** To be called when the transaction is computed from the start. */
  again(): void {
    this.#place = 0
  }

  next(make: () => string): string {
    const place = this.#place++
    const value = this.#values[place] ?? make()
    this.#values[place] = value
    return value
  }
}
