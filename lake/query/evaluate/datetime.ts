import {OpaqueValue} from './value.ts'

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[-+](?:[01]\d|2[0-3]):[0-5]\d)$/

/** A point in time inside a query, in milliseconds (GROQ specification, "Datetime"). */
export class Datetime extends OpaqueValue {
  /** Since 1970-01-01T00:00:00Z. */
  readonly milliseconds: number

  constructor(milliseconds: number) {
    super()
    this.milliseconds = milliseconds
  }

  /** Reads RFC 3339; what is no date of the calendar is null. */
  static parse(text: string): Datetime | null {
    const parts = rfc3339.exec(text)
    if (parts === null) return null
    const [, year, month, day] = parts
    if (Number(day) > daysIn(Number(year), Number(month))) return null
    return Datetime.at(Date.parse(text))
  }

  /** The datetime of so many milliseconds; null where no date is that far away. */
  static at(milliseconds: number): Datetime | null {
    const time = new Date(milliseconds).getTime()
    return Number.isNaN(time) ? null : new Datetime(time)
  }

  plus(seconds: number): Datetime | null {
    return Datetime.at(this.milliseconds + seconds * 1000)
  }

  /** RFC 3339 in UTC, with milliseconds only where there are any. */
  override toString(): string {
    return new Date(this.milliseconds).toISOString().replace('.000Z', 'Z')
  }

  toJSON(): string {
    return this.toString()
  }
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
