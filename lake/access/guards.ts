import {LakeError} from '../errors.ts'
import {parseDelta, type DeltaExpression} from '../query/deltaExpression.ts'

/**
 * A rule about changes, which every transaction is held to, whoever sends it. `applies` and `allows` are GROQ in delta mode,
 * asked for each changed document before anything is written: `before()` and `after()` are its two states (null where there
 * is none), `*` is the dataset as the transaction will leave it. Bound are `$id`, `$userId`, `$roles` (names), `$now` (the
 * transaction's time) and `$was` (the documents that the transaction changes, as they were).
 */
export type Guard = {
  /** Unique, for programs: it stands in the refusal. */
  name: string
  /** What the refused person is told: what is wrong, and what to do. */
  sentence: string
  applies: string
  /** Asked where `applies` is true; anything but true refuses the whole transaction. */
  allows: string
}

/** A guard, ready to be asked. */
export type CompiledGuard = Guard & {when: DeltaExpression; holds: DeltaExpression}

/** What a guard's expressions may ask for by name. */
const parameters = ['id', 'userId', 'roles', 'now', 'was'] as const

/**
 * Compiles guards once, at start. Throws `LakeError` `guardInvalid` when one is not GROQ or shares its name with another, so
 * that a misspelt rule stops the program instead of letting everything through.
 */
export function compileGuards(guards: readonly Guard[]): readonly CompiledGuard[] {
  const names = new Set<string>()
  return guards.map((guard) => {
    if (names.has(guard.name)) {
      throw invalid(`There are two guards named "${guard.name}". Give one another name.`)
    }
    names.add(guard.name)
    return {...guard, when: parse(guard, 'applies'), holds: parse(guard, 'allows')}
  })
}

function parse(guard: Guard, part: 'applies' | 'allows'): DeltaExpression {
  try {
    return parseDelta(guard[part], parameters)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw invalid(
      `"${part}" of the guard "${guard.name}" is not GROQ (${reason}): ${guard[part]}`,
      cause,
    )
  }
}

function invalid(message: string, cause?: unknown): LakeError {
  const body = {statusCode: 500, error: 'Internal Server Error', message}
  return new LakeError('guardInvalid', 500, message, body, cause)
}
