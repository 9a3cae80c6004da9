/** What the lake answers of one document that a guard refuses: `index` is its place in the transaction. */
export const item = (index: number, guard: string, id: string, description: string) => ({
  index,
  error: {type: 'guardError', guard, id, description},
})

/** The refusal of a whole transaction, as a client throws it. */
export const refusal = (kind: 'mutationError' | 'actionError', ...items: object[]) => ({
  status: 403,
  error: {type: kind, description: 'The transaction was refused', items},
})
