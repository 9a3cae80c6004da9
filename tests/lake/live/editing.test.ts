import type {MutationEvent, SanityClient} from '@sanity/client'
import {BufferedDocument, Mutation} from '@sanity/mutator'
import {filter, firstValueFrom, ReplaySubject} from 'rxjs'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {movableClock, startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient

beforeAll(async () => {
  // The clock stands still, so that every transaction falls into the same millisecond.
  lake = await startLake({clock: movableClock('2026-03-01T08:00:00.000Z')})
  client = await lake.clientFor('editor', {perspective: 'raw'})
})
afterAll(() => lake.close())

function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value))
}

/** A form as the Studio holds one: the mutator's document, fed by a listener, that sends what is typed. */
async function openForm(id: string) {
  const form = new BufferedDocument(null)
  const events = new ReplaySubject<MutationEvent>()
  const welcomed = Promise.withResolvers<void>()
  const failures: unknown[] = []
  form.commitHandler = ({mutation, success, failure}) => {
    // The Studio sends all that its mutation holds; the lake takes what it knows.
    const body = {...mutation.params, resultRev: undefined, tag: 'document.commit'}
    const search = 'returnIds=true&visibility=async&skipCrossDatasetReferenceValidation=true'
    client.request({url: `/data/mutate/production?${search}`, method: 'POST', body}).then(
      () => success(),
      (error: unknown) => {
        failures.push(error)
        failure()
      },
    )
  }
  const options = {
    events: ['welcome' as const, 'mutation' as const],
    includeAllVersions: true,
    effectFormat: 'mendoza' as const,
  }
  const subscription = client.listen('*[_id in $ids]', {ids: [id]}, options).subscribe({
    next: (event) => {
      if (event.type === 'welcome') welcomed.resolve()
      else if (event.type === 'mutation') {
        form.arrive(new Mutation(plain(event)))
        events.next(event)
      }
    },
    error: welcomed.reject,
  })
  await welcomed.promise
  form.reset(plain((await client.getDocument(id)) ?? null))
  return {
    form,
    failures,
    type: async (...mutations: object[]) => {
      form.add(new Mutation(plain({mutations})))
      await form.commit()
    },
    until: (revision: string) =>
      firstValueFrom(events.pipe(filter(({resultRev}) => resultRev === revision))),
    close: () => subscription.unsubscribe(),
  }
}

test('two editors who write at once in an imported document end with what is stored', async () => {
  const id = 'imported'
  await client.create({
    _id: id,
    _type: 'note',
    _updatedAt: '2099-12-31T23:59:59.999Z',
    text: 'Import',
    list: [{_key: 'start', text: ''}],
  })
  const forms = await Promise.all([openForm(id), openForm(id)])
  const [writer, lister] = forms

  async function write(): Promise<void> {
    for (const letter of 'ed in March') {
      const text: unknown = writer.form.LOCAL?.['text']
      await writer.type({patch: {id, set: {text: `${String(text)}${letter}`}}})
    }
  }
  async function append(): Promise<void> {
    for (let count = 0; count < 10; count += 1) {
      const items = [{_key: `k${count}`, text: `${count}`}]
      await lister.type(
        {patch: {id, insert: {after: 'list[-1]', items}}},
        {patch: {id, set: {'list[_key=="start"].text': `${count}`}}},
      )
    }
  }
  await Promise.all([write(), append()])

  const stored = await client.getDocument(id)
  await Promise.all(forms.map(({until}) => until(stored?._rev ?? '')))
  for (const {form, failures, close} of forms) {
    close()
    expect(form.document.isConsistent()).toBe(true)
    expect(plain(form.document.HEAD)).toEqual(stored)
    // The form's own prediction knows no times, and its revision is that of whichever answer came last.
    const {_updatedAt, _rev} = stored ?? {}
    expect({...plain(form.LOCAL), _updatedAt, _rev}).toEqual(stored)
    expect(failures).toEqual([])
  }
  expect(stored).toMatchObject({
    text: 'Imported in March',
    list: [{text: '9'}, ...Array.from({length: 10}, (_, count) => ({_key: `k${count}`}))],
  })
})

test('a form sees its document made, deleted and made again', async () => {
  const id = 'comes-and-goes'
  const {form, until, type, close} = await openForm(id)

  await type({createIfNotExists: {_id: id, _type: 'note'}}, {patch: {id, set: {text: 'One'}}})
  await client.delete(id)
  const again = await client.create({_id: id, _type: 'note', text: 'Two'})
  await until(again._rev)
  close()

  expect(plain(form.document.HEAD)).toEqual(again)
  expect(form.document.isConsistent()).toBe(true)
})
