import {z} from 'zod'

/** GROQ answers `null` for what is missing; inside the newsroom's code that is `undefined`. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined)
}

/** A list that may be missing; references that lead nowhere are left out. */
export function list<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(schema.nullable())
    .nullish()
    .transform((items) => (items ?? []).filter((item) => item !== null))
}

/**
 * What a query answered is not what its model says: the query or the model is wrong, or the store holds a
 * document that never passed validation. `code` is stable; `cause` names the fields.
 */
export class QueryAnswerError extends Error {
  override readonly name = 'QueryAnswerError'
  readonly code = 'answerNotModelled'

  constructor(question: string, cause: z.ZodError) {
    super(
      `The answer to “${question}” does not fit its model: ${z.prettifyError(cause).replaceAll('\n', ' ')}`,
      {cause},
    )
  }
}

/** Passes an answer through its model, once. Throws `QueryAnswerError`. */
export function readAnswer<Schema extends z.ZodType>(
  question: string,
  model: Schema,
  answer: unknown,
): z.infer<Schema> {
  const read = model.safeParse(answer)
  if (read.success) return read.data
  throw new QueryAnswerError(question, read.error)
}
