import type {ExprNode} from 'groq-js'

/** The expressions that a part of a query is made of, in the order in which they are written. */
export function childrenOf(node: ExprNode): ExprNode[] {
  switch (node.type) {
    case 'AccessAttribute':
      return node.base === undefined ? [] : [node.base]
    case 'AccessElement':
    case 'ArrayCoerce':
    case 'Asc':
    case 'Desc':
    case 'Deref':
    case 'Group':
    case 'Neg':
    case 'Not':
    case 'Pos':
    case 'Slice':
      return [node.base]
    case 'And':
    case 'Or':
    case 'OpCall':
      return [node.left, node.right]
    case 'InRange':
      return [node.base, node.left, node.right]
    case 'Filter':
    case 'FlatMap':
    case 'Map':
    case 'Projection':
      return [node.base, node.expr]
    case 'Array':
      return node.elements.map(({value}) => value)
    case 'Object':
      return node.attributes.flatMap((attribute) =>
        attribute.type === 'ObjectConditionalSplat'
          ? [attribute.condition, attribute.value]
          : [attribute.value],
      )
    case 'FuncCall':
      return node.args
    case 'PipeFuncCall':
      return [node.base, ...node.args]
    case 'Select': {
      const alternatives = node.alternatives.flatMap(({condition, value}) => [condition, value])
      return node.fallback === undefined ? alternatives : [...alternatives, node.fallback]
    }
    case 'SelectorFuncCall':
      return [node.arg]
    case 'SelectorNested':
      return [node.base, node.nested]
    case 'Tuple':
      return node.members
    case 'Context':
    case 'Everything':
    case 'Parameter':
    case 'Parent':
    case 'This':
    case 'Value':
      return []
  }
}
