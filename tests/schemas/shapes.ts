import type {SchemaType} from '@sanity/types'
import {z} from 'zod'
import {portableText, storedTime} from '../../editorial/documents.ts'

/** A type as both descriptions of a document know it, in words and plain values that can be compared. */
export type Shape = string | {oneOf: string[]} | {arrayOf: Shape} | {[field: string]: Shape}

const keptByLake = new Set(['_id', '_type', '_rev', '_createdAt', '_updatedAt', '_key'])

/** What a zod model says. */
export function shapeOfModel(model: unknown): Shape {
  if (model === storedTime) return 'time'
  if (model === portableText) return 'text blocks'
  if (
    model instanceof z.ZodOptional ||
    model instanceof z.ZodNullable ||
    model instanceof z.ZodDefault
  ) {
    return shapeOfModel(model.unwrap())
  }
  if (model instanceof z.ZodArray) return {arrayOf: shapeOfModel(model.element)}
  if (model instanceof z.ZodEnum) return {oneOf: model.options.map(String)}
  if (model instanceof z.ZodLiteral) return {oneOf: [...model.values].map(String)}
  if (model instanceof z.ZodString) return 'string'
  if (model instanceof z.ZodNumber) return 'number'
  if (model instanceof z.ZodBoolean) return 'boolean'
  if (model instanceof z.ZodObject) {
    const name = builtIn(model.shape['_type'])
    if (name !== undefined) return name
    return Object.fromEntries(
      Object.entries(model.shape)
        .filter(([field]) => !keptByLake.has(field))
        .map(([field, inner]) => [field, shapeOfModel(inner)]),
    )
  }
  throw new Error(`The models use a kind of type that this test does not know: ${String(model)}`)
}

/** What a compiled Sanity type says. */
export function shapeOfSchema(type: SchemaType): Shape {
  if (type.name === 'portableText') return 'text blocks'
  if (['reference', 'slug', 'image'].includes(type.name)) return type.name
  if (type.name === 'datetime') return 'time'
  if (type.jsonType === 'array') {
    const [member] = type.of
    if (!member || type.of.length > 1) throw new Error(`${type.name} holds more than one type.`)
    return {arrayOf: shapeOfSchema(member)}
  }
  if (type.jsonType === 'object') {
    return Object.fromEntries(type.fields.map((field) => [field.name, shapeOfSchema(field.type)]))
  }
  const choices: unknown = type.options && 'list' in type.options ? type.options.list : undefined
  if (Array.isArray(choices)) return {oneOf: choices.map(({value}) => String(value))}
  return type.jsonType
}

function builtIn(model: unknown): string | undefined {
  if (!(model instanceof z.ZodLiteral)) return undefined
  const [name] = [...model.values]
  return ['reference', 'slug', 'image'].find((known) => known === name)
}
