import {isRight} from './compare.ts'
import type {Case, Suite} from './suite.ts'
import {openSuiteLake, type Outcome} from './suiteLake.ts'

export type Way = 'inProcess' | 'overHttp'

export const ways = ['inProcess', 'overHttp'] as const

/** A case with what came of it, both ways. */
export type Verdict = {
  asked: Case
  outcomes: {[way in Way]: Outcome}
  right: {[way in Way]: boolean}
}

export type SuiteRun = {
  verdicts: Verdict[]
  /** Documents that the lake did not take, each with the reason. */
  refusedDocuments: readonly string[]
}

/** As many requests are under way at a time as a browser keeps to one host. */
const requestsAtOnce = 6

/** Asks a lake every case of a suite, in process and through HTTP. Verdicts stand in the suite's order. */
export async function runSuite(suite: Suite): Promise<SuiteRun> {
  const lake = await openSuiteLake(suite)
  try {
    const waiting = suite.cases.entries()
    const verdicts: Verdict[] = []
    const work = async () => {
      for (const [index, asked] of waiting) {
        const inProcess = await lake.inProcess(asked)
        const overHttp = await lake.overHttp(asked)
        verdicts[index] = {
          asked,
          outcomes: {inProcess, overHttp},
          right: {inProcess: isRight(asked, inProcess), overHttp: isRight(asked, overHttp)},
        }
      }
    }
    await Promise.all(Array.from({length: requestsAtOnce}, work))
    return {verdicts, refusedDocuments: lake.refusedDocuments}
  } finally {
    await lake.close()
  }
}
