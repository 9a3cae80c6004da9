import {expect, test} from 'vitest'
import * as documents from '../../editorial/documents.ts'
import * as webhookDocuments from '../../editorial/webhookDocuments.ts'
import {objectTypes, privateDocumentTypes, publicDocumentTypes} from '../../schemas/index.ts'
import {schema} from './validate.ts'
import {shapeOfModel, shapeOfSchema} from './shapes.ts'

/** Every model by the name of its type; a type without a model fails the test below. */
const models: {[type: string]: unknown} = {...documents, ...webhookDocuments}

test.each([...publicDocumentTypes, ...privateDocumentTypes, ...objectTypes])(
  'the Studio and the models agree on every field of %s',
  (name) => {
    const type = schema.get(name)
    if (!type) throw new Error(`There is no type ${name}.`)
    expect(models).toHaveProperty(name)
    expect(shapeOfSchema(type)).toEqual(shapeOfModel(models[name]))
  },
)
