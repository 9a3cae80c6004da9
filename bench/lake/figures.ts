import {median, percentile} from '../support/statistics.ts'

/** What the runs of one thing took, in milliseconds. */
export type Figure = {what: string; median: number; p95: number; p99: number; runs: number}

/** One figure as a multiple of another; less is better, and `goal` (if there is one) is the most it may be. */
export type Ratio = {what: string; value: number; goal?: number}

/** A value with its unit, as in `9,412 bytes`, that is told and not compared. */
export type Remark = {what: string; value: string}

/** What a part of the measurement found out. */
export type Findings = {figures: Figure[]; ratios: Ratio[]; remarks: Remark[]}

export function figureOf(what: string, times: readonly number[]): Figure {
  return {
    what,
    median: rounded(median(times)),
    p95: rounded(percentile(times, 0.95)),
    p99: rounded(percentile(times, 0.99)),
    runs: times.length,
  }
}

export function ratioOf(what: string, one: number, other: number, goal?: number): Ratio {
  return {what, value: rounded(one / other), ...(goal !== undefined && {goal})}
}

export function noFindings(): Findings {
  return {figures: [], ratios: [], remarks: []}
}

export function together(parts: readonly Findings[]): Findings {
  return {
    figures: parts.flatMap(({figures}) => figures),
    ratios: parts.flatMap(({ratios}) => ratios),
    remarks: parts.flatMap(({remarks}) => remarks),
  }
}

/** Four digits that count. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
