import {TextQuery} from '../text/textQuery.ts'
import type {FunctionTable} from './table.ts'

/** Functions of the namespace `text`, for the right side of `match` (GROQ functions reference, "Text"). */
export const textFunctions: FunctionTable = {
  query: {
    arity: 1,
    pure: true,
    call: ([text]) => (typeof text === 'string' ? new TextQuery(text) : null),
  },
}
