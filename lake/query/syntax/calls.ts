import type {Token} from './scan.ts'

/** A function call as it is written. */
export type WrittenCall = {
  namespace: string
  name: string
  /** Where its name begins, namespace included. */
  start: number
  /** Behind the opening parenthesis. */
  argumentsStart: number
}

/** Every `name(` and `namespace::name(` of a query, in the order in which they are written. */
export function callsIn(tokens: readonly Token[]): WrittenCall[] {
  return tokens.flatMap((token, index) => {
    const opening = tokens[index + 1]
    if (token.kind !== 'name' || !isSign(opening, '(')) return []
    const namespace = namespaceBefore(tokens, index)
    return [
      {
        namespace: namespace?.text ?? 'global',
        name: token.text,
        start: (namespace ?? token).start,
        argumentsStart: opening.end,
      },
    ]
  })
}

function namespaceBefore(tokens: readonly Token[], index: number): Token | undefined {
  const [namespace, first, second] = tokens.slice(Math.max(index - 3, 0), index)
  if (namespace?.kind !== 'name' || !isSign(first, ':') || !isSign(second, ':')) return undefined
  return namespace
}

function isSign(token: Token | undefined, text: string): token is Token {
  return token?.kind === 'sign' && token.text === text
}
