import {parse} from 'groq-js'

const known = new Map<string, boolean>()

/** Whether groq-js parses calls of a function; of the rest it says that they are undefined. */
export function knownToParser(namespace: string, name: string): boolean {
  const key = `${namespace}::${name}`
  const before = known.get(key)
  if (before !== undefined) return before
  const answer = parses(`${key}()`)
  known.set(key, answer)
  return answer
}

function parses(call: string): boolean {
  try {
    parse(call, {mode: 'delta'})
    return true
  } catch (error) {
    return !(error instanceof Error) || !error.message.startsWith('Undefined')
  }
}
