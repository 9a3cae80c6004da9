import fc from 'fast-check'

import {attributes, patch} from '../../lake/support/documents.ts'
import {documentId, oddJson, oddQuery, oddText} from './values.ts'

const document = fc
  .tuple(
    documentId,
    fc.oneof({weight: 4, arbitrary: fc.constant('note')}, oddText),
    attributes,
    oddJson,
  )
  .map(([_id, _type, rest, more]) => ({_id, _type, ...rest, more}))

/** A request's part with one attribute exchanged for something else. */
function disturbed(whole: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  const exchanged = fc.tuple(whole, fc.nat(6), oddJson).map(([given, place, value]) => {
    const name = Object.keys(given)[place]
    return name === undefined ? given : {...given, [name]: value}
  })
  return fc.oneof({weight: 10, arbitrary: whole}, {weight: 2, arbitrary: exchanged}, oddJson)
}

const mutation = disturbed(
  fc.oneof(
    fc.record({create: document}),
    fc.record({createOrReplace: disturbed(document)}),
    fc.record({createIfNotExists: disturbed(document)}),
    fc.record({delete: disturbed(fc.record({id: documentId}))}),
    fc.record({delete: disturbed(fc.record({query: oddQuery, params: oddJson}))}),
    fc.tuple(documentId, patch).map(([id, operations]) => ({patch: {id, ...operations}})),
    fc.tuple(oddQuery, patch).map(([query, operations]) => ({patch: {query, ...operations}})),
    fc
      .tuple(documentId, oddText, oddJson)
      .map(([id, path, value]) => ({patch: {id, set: {[path]: value}, unset: [path]}})),
    fc
      .tuple(documentId, oddText)
      .map(([id, text]) => ({patch: {id, diffMatchPatch: {title: text}, ifRevisionID: text}})),
  ),
)

const action = disturbed(
  fc
    .tuple(
      fc.constantFrom(
        'create',
        'edit',
        'publish',
        'unpublish',
        'discard',
        'delete',
        'replaceDraft',
      ),
      documentId,
      documentId,
      document,
      patch,
    )
    .map(([kind, draftId, publishedId, attributes, operations]) => ({
      actionType: `sanity.action.document.${kind}`,
      draftId,
      publishedId,
      documentId: publishedId,
      attributes,
      patch: operations,
      ifExists: 'ignore',
    })),
)

/** What is posted to an endpoint that takes JSON, by the endpoint's name. */
export const jsonBodies: {[endpoint: string]: fc.Arbitrary<unknown>} = {
  mutate: disturbed(
    fc.record(
      {mutations: fc.array(mutation, {maxLength: 4}), transactionId: oddText},
      {requiredKeys: ['mutations']},
    ),
  ),
  actions: disturbed(fc.record({actions: fc.array(action, {maxLength: 3})})),
  query: disturbed(fc.record({query: oddQuery, params: fc.dictionary(oddText, oddJson)})),
  keyvalue: fc.array(disturbed(fc.record({key: oddText, value: oddJson})), {maxLength: 4}),
  channel: disturbed(
    fc.record({
      open: fc.array(disturbed(fc.record({listener: oddText, search: oddText})), {maxLength: 3}),
      close: fc.array(oddText, {maxLength: 3}),
    }),
  ),
  other: oddJson,
}

const beginnings = [
  '',
  '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
  '\xff\xd8\xff\xe0',
  'GIF89a',
  'RIFF\x10\0\0\0WEBPVP8 ',
  '<svg xmlns="http://www.w3.org/2000/svg">',
  'II*\0',
]

/** What may be uploaded as a picture, or looks like the beginning of one. */
export const fileBody = fc
  .tuple(fc.constantFrom(...beginnings), fc.uint8Array({maxLength: 3000}))
  .map(([beginning, rest]) => Buffer.concat([Buffer.from(beginning, 'latin1'), rest]))
