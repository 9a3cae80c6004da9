/** Whether a story's last keystrokes are at the lake and its validation speaks of exactly them. */
export type Settled = {saved: boolean; validated: boolean; errors: string[]}

/** Why a story with these errors cannot be published, as one sentence. */
export function errorsReason(errors: readonly string[]): string | undefined {
  const [first] = errors
  if (first === undefined) return undefined
  if (errors.length === 1) return first
  return `${errors.length} things must be put right first, such as: ${first}`
}
