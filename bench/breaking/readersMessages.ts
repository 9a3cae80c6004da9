/** What the measurement and its readers' process say to each other. Times are milliseconds of the machine's one steady clock. */
export type ReadersCommand =
  | {do: 'report'; sent: readonly number[]; after: number}
  | {do: 'heard'; toggle: number}
  | {do: 'stall'; readers: number}
  | {do: 'stop'}

export type ReadersReport =
  | {is: 'ready'}
  | {is: 'heard'; readers: number}
  | {
      is: 'report'
      /** Requests that were sent. */
      requests: number
      /** Connections that broke. */
      broken: number
      /** How often a reader heard of a toggle. */
      heard: number
      /** Delays in milliseconds from the publisher's confirm, over all toggles: the first reader's in the median. */
      first: number
      median: number
      ninetyNinth: number
      last: number
    }

/** The steady clock that all processes of the machine share, in milliseconds. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
