import {formatEventId, parseEventId} from '../live/eventId.ts'
import type {DatasetInspection, LogLine} from '../store/datasetInspection.ts'
import type {Findings} from './findings.ts'

const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/**
 * Whether the log is whole: numbered 1, 2, 3 … without gaps, its times rise, and every line says what it changed. A
 * listener that was away resumes at any place of it, so each place must be one that an event id can name.
 */
export function checkLog(dataset: DatasetInspection, findings: Findings): void {
  let before: LogLine | undefined
  for (const line of dataset.log()) {
    const {sequence, transactionId, timestamp, changes, lastPosition} = line
    const expected = (before?.sequence ?? 0) + 1
    if (sequence !== expected) {
      findings.fault(
        'logGap',
        `the log has a gap before transaction ${sequence}: ${expected} should come next. Listeners cannot resume across it.`,
      )
    }
    if (!timePattern.test(timestamp) || timestamp <= (before?.timestamp ?? '')) {
      findings.fault(
        'logTime',
        `the log's time does not rise at transaction ${sequence}: "${timestamp}" comes after "${before?.timestamp ?? ''}".`,
      )
    }
    if (changes === 0 || lastPosition !== changes - 1) {
      findings.fault(
        'logChanges',
        `the log does not hold all changes of transaction ${sequence} ("${transactionId}").`,
      )
    }
    if (parseEventId(formatEventId({sequence, transactionId, torn: false})) === undefined) {
      findings.fault('logPosition', `listeners cannot resume at transaction ${sequence}.`)
    }
    before = line
  }
}
