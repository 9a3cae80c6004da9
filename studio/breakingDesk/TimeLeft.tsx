import {timeLeft} from '../../editorial/relativeTime.ts'
import {useLakeNow} from '../breaking/useLakeNow.ts'
import {useDesk} from './deskContext.ts'

/** Counts down to a stored time by the lake's clock. A timer tells a screen reader the time only when it is read. */
export function TimeLeft({until, passed}: {until: string; passed: string}) {
  const now = useLakeNow(useDesk().ahead)
  return (
    <span role="timer" style={{fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap'}}>
      {timeLeft(until, now) ?? passed}
    </span>
  )
}
