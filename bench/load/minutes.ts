import {asMilliseconds, median, percentile} from '../support/statistics.ts'

export const kinds = ['keystroke', 'heard', 'query', 'page'] as const
export type Kind = (typeof kinds)[number]

/** What happened in one minute: times in milliseconds by what took them, and the server's memory at its end. */
type Minute = {times: Record<Kind, number[]>; megabytes: number}

/** Collects what happens, a minute at a time. */
export class Minutes {
  readonly #past: Minute[] = []
  #times = noTimes()

  add(kind: Kind, milliseconds: number): void {
    this.#times[kind].push(milliseconds)
  }

  /** Closes the minute. */
  end(megabytes: number): void {
    this.#past.push({times: this.#times, megabytes})
    this.#times = noTimes()
  }

  /** A line a minute: median and 99th percentile of each kind, and the memory. */
  lines(): string[][] {
    return this.#past.map(({times, megabytes}, index) => [
      String(index + 1),
      ...kinds.map((kind) => described(times[kind])),
      `${megabytes} MB`,
    ])
  }

  /** The same over all minutes, with how many there were. */
  total(): string[] {
    const all = (kind: Kind) => this.#past.flatMap(({times}) => times[kind])
    const counted = (kind: Kind) =>
      `${described(all(kind))} (${all(kind).length.toLocaleString('en')})`
    return ['all', ...kinds.map(counted), '']
  }
}

function noTimes(): Record<Kind, number[]> {
  return {keystroke: [], heard: [], query: [], page: []}
}

function described(times: readonly number[]): string {
  if (times.length === 0) return 'none'
  return `${asMilliseconds(median(times))}, ${asMilliseconds(percentile(times, 0.99))}`
}
