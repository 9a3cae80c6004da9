import type {ExprNode} from 'groq-js'

import type {Key} from '../selection.ts'

/** The key that an expression over a document is, when the store can read it by itself. */
export function keyOf(node: ExprNode): Key | undefined {
  if (node.type === 'Group') return keyOf(node.base)
  if (node.type === 'FuncCall') {
    if (node.namespace !== 'global' || node.name !== 'coalesce') return undefined
    const options = node.args.map(keyOf)
    return options.length > 0 && options.every((option) => option !== undefined)
      ? {firstOf: options}
      : undefined
  }
  const steps = stepsOf(node)
  return steps === undefined || steps.length === 0 ? undefined : {steps}
}

/** The attribute of a document that an expression looks into, and nowhere else. */
export function topAttributeOf(node: ExprNode): string | undefined {
  const [first] = stepsOf(node) ?? []
  return typeof first === 'string' ? first : undefined
}

function stepsOf(node: ExprNode): (string | number)[] | undefined {
  switch (node.type) {
    case 'This':
      return []
    case 'Group':
      return stepsOf(node.base)
    case 'AccessAttribute': {
      const before = node.base === undefined ? [] : stepsOf(node.base)
      return before && isPlainName(node.name) ? [...before, node.name] : undefined
    }
    case 'AccessElement': {
      const before = stepsOf(node.base)
      return before && before.length > 0 ? [...before, node.index] : undefined
    }
    default:
      return undefined
  }
}

/** Whether a JSON path in SQL can hold the name. */
export function isPlainName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/["\\\u0000-\u001f]/.test(name) && name.isWellFormed() && name !== ''
}
