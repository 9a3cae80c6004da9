import {isArray, isObject, type GroqObject, type GroqValue} from '../evaluate/value.ts'
import type {FunctionTable} from './table.ts'

/** Functions of the namespace `pt` (GROQ specification, "Portable Text Extension"). */
export const portableTextFunctions: FunctionTable = {
  text: {arity: 1, pure: true, call: ([value]) => textOf(value)},
}

/** The blocks' texts with a blank line between; null where there is no block at all. */
function textOf(value: GroqValue | undefined): string | null {
  if (isObject(value)) return textOfBlock(value)
  if (!isArray(value)) return null
  const texts = textsOf(value)
  return texts.length === 0 ? null : texts.join('\n\n')
}

/** Arrays of blocks may stand in arrays, as a traversal of several Portable Text attributes makes them. */
function textsOf(values: readonly GroqValue[]): string[] {
  return values.flatMap((value) => {
    if (isArray(value)) return textsOf(value)
    const text = isObject(value) ? textOfBlock(value) : null
    return text === null ? [] : [text]
  })
}

function textOfBlock(block: GroqObject): string | null {
  const {_type, children} = block
  if (typeof _type !== 'string' || !isArray(children)) return null
  return children.map(textOfSpan).join('')
}

function textOfSpan(child: GroqValue): string {
  if (!isObject(child)) return ''
  const {_type, text} = child
  return _type === 'span' && typeof text === 'string' ? text : ''
}
