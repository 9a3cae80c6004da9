/** An import that cannot be done; the message says in sentences why, and what it left in the lake. */
export class ImportError extends Error {
  readonly code = 'import'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ImportError'
  }
}

/** The most problems of one file that are told of; a file can have one in every line. */
const shownProblems = 5

/** Throws `ImportError` when there are problems, each a sentence. To be asked before anything is written. */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length === 0) return
  const shown = problems.slice(0, shownProblems)
  const more = problems.length - shown.length
  throw new ImportError(
    [...shown, ...(more > 0 ? [`And ${more} more.`] : []), 'Nothing was imported.'].join('\n'),
  )
}
