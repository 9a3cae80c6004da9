/** The one clock of a process. Rules never read the time themselves. */
export type Clock = {now(): Date}

/** The one logger of a process; the shape of pino's, so that lines are JSON with a level and fields. */
export type Logger = {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What every room of the lake is handed when it is made. */
export type LakeEnvironment = {
  clock: Clock
  logger: Logger
  /** Random ids in UUID form, for documents, transactions, sessions and channels. */
  newId(): string
}
