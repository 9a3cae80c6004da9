import {OpaqueValue} from '../evaluate/value.ts'
import {queryPattern, type TextPattern} from './textPattern.ts'

/** What `text::query(…)` gives: it has a meaning on the right side of `match` alone. */
export class TextQuery extends OpaqueValue {
  readonly pattern: TextPattern

  constructor(text: string) {
    super()
    this.pattern = queryPattern(text)
  }

  toJSON(): null {
    return null
  }
}
