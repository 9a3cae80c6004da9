import {z} from 'zod'

import type {QueryOutcome, WrittenOutcome} from '../../query/run.ts'
import type {SelectionPlan} from '../../store/selectionSql.ts'
import type {QueryRequest} from '../dataset.ts'

/** What a thread is told when it begins. */
export type ThreadData = {file: string; projectId: string; dataset: string}

/** A query, and as whom and when it is asked. */
export type Question = {
  request: QueryRequest
  identity: string
  publicOnly: boolean
  now: Date
}

/** What came of it. */
export type Answered = {
  outcome: QueryOutcome | WrittenOutcome
  plans: readonly SelectionPlan[]
}

/** An error that the lake means to tell, on its way between threads. */
export type Told = {code: string; status: number; message: string; body: string}

export type Reply = {answered: Answered} | {told: Told} | {unexpected: string}

/** What a thread was told when it began; the program itself wrote it. */
export const threadData = z.object({file: z.string(), projectId: z.string(), dataset: z.string()})
