import {startOfDay} from '../../editorial/newsroomTime.ts'
import {readableTime} from '../../editorial/zones.ts'
import type {NewsroomClock} from '../desk/newsroomClock.ts'

/** A stored time as the desk tells it: "14:05 MSK" today, with its date on other days. */
export function moment(at: string, {times, timeZone, now}: NewsroomClock): string {
  const isToday = startOfDay(new Date(at), timeZone) === startOfDay(now, timeZone)
  return isToday ? times.clock(at) : readableTime(at, timeZone)
}
