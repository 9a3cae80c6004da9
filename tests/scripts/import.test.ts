import {readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'

import type {SanityClient} from '@sanity/client'
import {packTar, type TarSource} from 'modern-tar/fs'
import {buffer} from 'node:stream/consumers'
import sharp from 'sharp'
import {expect, test, vi} from 'vitest'

import {startLake, type RunningLake} from '../lake/support/startLake.ts'
import {temporaryFolder} from './support/files.ts'
import {runScript, startScript} from './support/script.ts'

vi.setConfig({testTimeout: 120_000})

const documents =
  '*[!(_type match "sanity.*")] | order(_id) {...,  "_rev": null, "_updatedAt": null}'

test('what npm run export saves of a running lake, npm run import brings into a stopped lake and into a running one', async () => {
  const folder = temporaryFolder()
  const archive = join(folder, 'newsroom.tar.gz')
  const stopped = join(folder, 'stopped')
  const from = await lakeWithNotes()
  const image = await from.client.assets.upload('image', await picture(), {
    filename: 'harbour.png',
  })
  await from.client
    .transaction()
    .create({_id: 'drafts.picture', _type: 'note', picture: imageOf(image._id)})
    .create({_id: 'private.loop', _type: 'note', next: {_type: 'reference', _ref: 'one'}})
    .commit()
  const before = await from.client.fetch(documents)
  expect(await runScript('export', [archive, '--data', from.data])).toMatchObject({code: 0})
  await from.lake.close()

  const whole = `Imported ${archive}: 4 documents of 4 are there, 4 of them new.`
  const intoStopped = await runScript('import', [archive, '--data', stopped])
  expect({...intoStopped, out: lastLine(intoStopped.out)}).toMatchObject({
    code: 0,
    err: '',
    out: whole,
  })
  expect(await runScript('doctor', ['--data', stopped, '--thorough'])).toMatchObject({code: 0})
  const reopened = await startLake({dataDirectory: stopped, projectId: 'dateline'})
  const reading = await reopened.clientFor('viewer', {perspective: 'raw'})
  expect(await reading.fetch(documents)).toEqual(before)
  expect(await reading.fetch('*[_type == "sanity.imageAsset"]{_id, originalFilename}')).toEqual([
    {_id: image._id, originalFilename: 'harbour.png'},
  ])
  await reopened.close()

  const running = join(folder, 'running')
  const to = await startLake({dataDirectory: running, projectId: 'dateline'})
  const target = await to.clientFor('viewer', {perspective: 'raw'})
  const intoRunning = await runScript('import', [archive, '--data', running])
  expect({...intoRunning, out: lastLine(intoRunning.out)}).toMatchObject({
    code: 0,
    err: '',
    out: whole,
  })
  expect(await target.fetch(documents)).toEqual(before)
  expect((await to.lake.accounts.tokens.list()).map(({name}) => name)).toEqual([
    expect.stringMatching(/^viewer /),
  ])
  await to.close()
})

test('documents that are there already stop an import, are replaced, or are left', async () => {
  const {lake, client, folder, importing} = await lakeWithNotes()
  const file = join(folder, 'notes.ndjson')
  writeLines(file, [
    {_id: 'one', _type: 'note', text: 'new', next: {_ref: 'three'}},
    {_id: 'three', _type: 'note', text: 'new'},
    {_id: '_.groups.public', _type: 'system.group'},
  ])

  const plain = await importing([file])
  expect({code: plain.code, err: plain.err}).toEqual({
    code: 1,
    err: 'Line 1 ("one") is there already. Use --replace to replace what is there, or --missing to leave it.\nNothing was imported.\n',
  })
  expect(await texts(client)).toEqual({one: 'old', two: 'old'})

  const missing = await importing([file, '--missing'])
  expect({code: missing.code, out: lastLine(missing.out, 2)}).toEqual({
    code: 0,
    out: `Imported ${file}: 2 documents of 2 are there, 1 of them new, 1 of them left as they were.\nLeft out: 1 document of the system that the file came from.`,
  })
  expect(await texts(client)).toEqual({one: 'old', three: 'new', two: 'old'})

  const replaced = await importing([file, '--replace'])
  expect({code: replaced.code, out: lastLine(replaced.out, 2)}).toEqual({
    code: 0,
    out: `Imported ${file}: 2 documents of 2 are there, 0 of them new, 2 of them replaced.\nLeft out: 1 document of the system that the file came from.`,
  })
  expect(await texts(client)).toEqual({one: 'new', three: 'new', two: 'old'})
  expect(await client.fetch('*[_id == "one"][0].next')).toEqual({_ref: 'three', _type: 'reference'})
  await lake.close()
})

test('what cannot be published is refused and taken back, unless the guards are skipped for a reason', async () => {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const file = join(folder, 'story.ndjson')
  writeLines(file, [
    {_id: 'desk', _type: 'author', name: 'The desk', slug: {_type: 'slug', current: 'desk'}},
    {_id: 'story', _type: 'article', headline: 'No lede', language: 'en'},
  ])
  const importing = (...flags: string[]) => runScript('import', [file, ...flags, '--data', data])

  const refused = await importing()
  expect(refused).toMatchObject({code: 1})
  expect(refused.err).toContain('changes only together with the story’s history')
  expect(refused.err).toContain('What had been written was taken back')
  expect(refused.err).toContain('an administrator adds --skip-guards REASON')
  expect(await importing('--skip-guards', ' ')).toMatchObject({
    code: 1,
    err: expect.stringContaining('--skip-guards needs the reason why'),
  })
  expect(await importing('--skip-guards', 'From the old system')).toMatchObject({code: 0})
  const {out: examined} = await runScript('doctor', ['--data', data])
  expect(examined).toContain('Dataset "production": the guards were skipped 1 time.\n')
  expect(examined).toMatch(
    /^· \d{4}-\d\d-\d\dT\S+Z by system-import: “From the old system” \(2 documents\)$/m,
  )

  const lake = await startLake({dataDirectory: data, projectId: 'dateline'})
  const client = await lake.clientFor('administrator', {perspective: 'raw'})
  expect(await client.fetch('*[_type in ["article", "author"]] | order(_id)._id')).toEqual([
    'desk',
    'story',
  ])
  const listed = await client.request({url: '/data/skipped-guards/production'})
  expect(listed).toMatchObject({
    skipped: expect.arrayContaining([
      expect.objectContaining({userId: 'system-import', reason: 'From the old system'}),
    ]),
  })
  await lake.close()
})

test('lines that cannot be imported are told by number, and nothing is written', async () => {
  const {lake, client, folder, importing} = await lakeWithNotes()
  const note = '{"_id": "a", "_type": "note"'
  const contents = [
    [`${note}}`, '{"_id": "b", "_type":', '', '[]', '{"_id": "b"}', `${note}}`],
    ['{"_id": "not an id", "_type": "note"}', `${note}, "_createdAt": "yesterday"}`],
    [
      `${note}, "file": {"_sanityAsset": "file@file:///etc/hostname"}}`,
      '{"_id": "b", "_type": "note", "file": {"_sanityAsset": "file@file://./files/a.txt"}}',
    ],
    [`${note}, "to": {"_ref": "nobody"}}`],
    [''],
  ]
  const outcomes = await Promise.all(
    contents.map(async (lines, index) => {
      const file = join(folder, `bad-${index}.ndjson`)
      writeFileSync(file, lines.join('\n'))
      const {code, err} = await importing([file])
      return {code, err: err.trim().split('\n')}
    }),
  )
  const nothing = 'Nothing was imported.'
  expect(outcomes.map(({code}) => code)).toEqual([1, 1, 1, 1, 1])
  expect(outcomes.map(({err}) => err)).toEqual([
    [
      'Line 2 is not a document: each line must be one JSON object.',
      'Line 4 is not a document: each line must be one JSON object.',
      'Line 5 ("b") has no "_type". Every document needs one.',
      'Line 6 has the same "_id" as line 1: "a".',
      nothing,
    ],
    [
      'Line 1 has an "_id" that no document can have: "not an id".',
      'Line 2 ("a") cannot be kept. Its "_createdAt" is "yesterday", which is not an ISO 8601 time.',
      nothing,
    ],
    [
      'Line 1 ("a") cannot be kept. Its file /etc/hostname is outside of the archive.',
      'Line 2 ("b") cannot be kept. Its file files/a.txt is not in the archive.',
      nothing,
    ],
    ['Line 1 ("a") refers to "nobody", which is neither in the file nor there already.', nothing],
    ['The file holds no documents.', nothing],
  ])
  expect(await texts(client)).toEqual({one: 'old', two: 'old'})
  await lake.close()
})

test('an import that fails half-way is taken back', async () => {
  const {lake, client, folder, importing} = await lakeWithNotes()
  const archive = join(folder, 'broken.tar.gz')
  const image = 'images/broken-10x10.png'
  const before = await client.fetch('*[_type == "note"] | order(_id) {_id, text, _createdAt}')
  await writeArchive(archive, [
    {
      type: 'content',
      target: 'export/data.ndjson',
      content: [
        {_id: 'one', _type: 'note', text: 'new', next: {_ref: 'four'}},
        {_id: 'four', _type: 'note', next: {_ref: 'one'}},
        {_id: 'five', _type: 'note', picture: {_sanityAsset: `image@file://./${image}`}},
      ]
        .map((document) => JSON.stringify(document))
        .join('\n'),
    },
    {type: 'content', target: `export/${image}`, content: 'not a picture'},
  ])

  const {code, err} = await importing([archive, '--replace'])

  expect(code).toBe(1)
  expect(err).toMatch(/^The import failed: /)
  expect(lastLine(err)).toBe(
    'What had been written was taken back: the documents are as they were before.',
  )
  expect(await client.fetch('*[_type == "note"] | order(_id) {_id, text, _createdAt}')).toEqual(
    before,
  )
  await lake.close()
})

test('an import that is interrupted is taken back, and leaves no token', async () => {
  const {lake, client, folder, data} = await lakeWithNotes()
  const file = join(folder, 'many.ndjson')
  const text = 'new'.repeat(1000)
  writeLines(
    file,
    Array.from({length: 3000}, (_, index) => ({_id: `note-${index}`, _type: 'note', text})),
  )
  const tokens = await lake.lake.accounts.tokens.list()
  const script = startScript('import', [file, '--data', data])
  await script.until(/Importing documents/)
  script.kill('SIGINT')
  const {code, err} = await script.ended
  expect({code, err: err.trim().split('\n')}).toEqual({
    code: 1,
    err: [
      'The import failed: It was interrupted.',
      'What had been written was taken back: the documents are as they were before.',
    ],
  })
  expect(await texts(client)).toEqual({one: 'old', two: 'old'})
  expect(await lake.lake.accounts.tokens.list()).toEqual(tokens)
  await lake.close()
})

test('npm run import says in a sentence what it needs, and leaves no folder behind', async () => {
  const folder = temporaryFolder()
  const empty = join(folder, 'empty.tar.gz')
  const broken = join(folder, 'cut.ndjson.gz')
  await writeArchive(empty, [{type: 'content', target: 'readme.txt', content: 'nothing'}])
  writeFileSync(broken, gzipSync('{"_id": "a", "_type": "note"}'.repeat(100)).subarray(0, 40))
  const temporary = join(folder, 'tmp')
  const env = {TMPDIR: folder}
  const outcomes = await Promise.all([
    runScript('import', [], {env}),
    runScript('import', ['a', '--replace', '--missing'], {env}),
    runScript('import', [join(folder, 'no.tar.gz')], {env}),
    runScript('import', [empty, '--data', temporary], {env}),
    runScript('import', [broken, '--data', temporary], {env}),
    runScript('import', [empty, '--data', temporary], {
      env: {...env, SANITY_STUDIO_LAKE: 'hosted'},
    }),
  ])
  expect(outcomes.map(({code, err}) => ({code, err: err.split('\n')[0]}))).toEqual([
    {code: 1, err: 'Name the one file to import.'},
    {code: 1, err: '--replace and --missing exclude each other.'},
    {code: 1, err: `There is no file ${join(folder, 'no.tar.gz')}.`},
    {
      code: 1,
      err: `${empty} holds no .ndjson file; an export has one. Nothing was imported.`,
    },
    {
      code: 1,
      err: `${broken} cannot be read: unexpected end of file. Nothing was imported.`,
    },
    {
      code: 1,
      err: 'With SANITY_STUDIO_LAKE=hosted, SANITY_STUDIO_PROJECT_ID must name your Sanity project.',
    },
  ])
  expect(readdirSync(folder).toSorted()).toEqual(['cut.ndjson.gz', 'empty.tar.gz'])
})

/** A served lake with two notes, and a way to import into it. */
async function lakeWithNotes(): Promise<{
  lake: RunningLake
  client: SanityClient
  folder: string
  data: string
  importing(args: readonly string[]): ReturnType<typeof runScript>
}> {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const lake = await startLake({dataDirectory: data, projectId: 'dateline'})
  const client = await lake.clientFor('editor', {perspective: 'raw'})
  await client
    .transaction()
    .create({_id: 'one', _type: 'note', text: 'old'})
    .create({_id: 'two', _type: 'note', text: 'old'})
    .commit()
  return {
    lake,
    client,
    folder,
    data,
    importing: (args) => runScript('import', [...args, '--data', data]),
  }
}

async function texts(client: SanityClient): Promise<{[id: string]: string}> {
  const notes = await client.fetch<{_id: string; text: string}[]>(
    '*[_type == "note"] | order(_id) {_id, text}',
  )
  return Object.fromEntries(notes.map(({_id, text}) => [_id, text]))
}

function imageOf(id: string) {
  return {_type: 'image', asset: {_type: 'reference', _ref: id}}
}

function writeLines(file: string, lines: readonly object[]): void {
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

async function writeArchive(file: string, sources: readonly TarSource[]): Promise<void> {
  writeFileSync(file, gzipSync(await buffer(packTar(sources))))
}

function picture(): Promise<Buffer> {
  return sharp({create: {width: 40, height: 30, channels: 3, background: '#246'}})
    .png()
    .toBuffer()
}

function lastLine(text: string, lines = 1): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}
