import {Datetime} from '../evaluate/datetime.ts'
import type {FunctionTable} from './table.ts'

/** Functions of the namespace `dateTime` (GROQ specification, "Date/time namespace"). */
export const dateTimeFunctions: FunctionTable = {
  now: {arity: 0, call: (_, {run}) => Datetime.at(run.now.getTime())},
}
