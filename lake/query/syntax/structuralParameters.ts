import type {Token} from './scan.ts'

type Bracket = {isAccess: boolean; isConstant: boolean; parameters: string[]}

/** What may stand in a constant expression beside numbers, strings and parameters. */
const constantSigns = new Set(['+', '-', '*', '/', '%', '(', ')', '.'])

/** Words behind which a bracket opens an array and no access. */
const operatorWords = new Set(['in', 'match', 'asc', 'desc'])

/**
 * The parameters on which the meaning of a query depends, not only its answer: `[$n]` is an element, an attribute or a
 * filter by what `$n` is, and slices must be constant (GROQ specification, "Disambiguating square bracket traversal").
 */
export function structuralParameters(tokens: readonly Token[]): string[] {
  const found = new Set<string>()
  const open: Bracket[] = []
  for (const [index, token] of tokens.entries()) {
    const current = open.at(-1)
    if (token.text === '[' && token.kind === 'sign') {
      if (current !== undefined) current.isConstant = false
      open.push({isAccess: follows(tokens[index - 1]), isConstant: true, parameters: []})
    } else if (token.text === ']' && token.kind === 'sign') {
      const closed = open.pop()
      if (closed?.isAccess && closed.isConstant)
        for (const name of closed.parameters) found.add(name)
    } else if (token.kind === 'parameter') {
      current?.parameters.push(token.text.slice(1))
    } else if (current !== undefined && !mayBeConstant(token)) {
      current.isConstant = false
    }
  }
  return [...found].sort()
}

function mayBeConstant({kind, text}: Token): boolean {
  return kind === 'number' || kind === 'string' || constantSigns.has(text)
}

/** Whether a bracket behind this token accesses what the token ends. */
function follows(token: Token | undefined): boolean {
  if (token === undefined) return false
  if (token.kind === 'sign') return [')', ']', '}', '@', '^', '*', '>'].includes(token.text)
  return token.kind !== 'name' || !operatorWords.has(token.text)
}
