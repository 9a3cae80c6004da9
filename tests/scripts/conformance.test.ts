import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'

import {expect, test, vi} from 'vitest'

import {temporaryFolder} from './support/files.ts'
import {runScript} from './support/script.ts'

vi.setConfig({testTimeout: 60_000})

const papers = {
  _type: 'dataset',
  _id: 'papers',
  documents: [
    {_id: 'b', _type: 'paper', name: 'Bote', owner: {_ref: 'a'}},
    {_id: 'a', _type: 'paper', name: 'Anzeiger', owner: {_ref: 'b'}},
  ],
}

const asked = {
  _type: 'test',
  _id: 'names',
  name: 'Names',
  filename: 'basic/names.yml',
  query: '*[_type == $type].name',
  params: {type: 'paper'},
  valid: true,
  result: ['Anzeiger', 'Bote'],
  version: '>= 1.0',
  features: [],
  dataset: {_ref: 'papers'},
}

function writeSuite(...lines: readonly object[]): string {
  const file = join(temporaryFolder(), 'suite.ndjson')
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}

const run = (...args: readonly string[]) => runScript('conformance', args)

test('cases are answered both ways, and counted by folder and version', async () => {
  const file = writeSuite(
    asked,
    {...asked, _id: 'whole', query: '*', result: [...papers.documents].reverse()},
    {...asked, _id: 'refused', filename: 'syntax/a.yml', query: '*[', valid: false, result: null},
    {...asked, _id: 'old', filename: 'syntax/old.yml', version: '0.1', result: 'not this'},
    papers,
  )

  expect(await run(file)).toEqual({
    code: 0,
    signal: null,
    err: '',
    out: `FOLDER  CASES  RIGHT in process  WRONG  RIGHT through HTTP  WRONG
basic       2                 2      0                   2      0
syntax      2                 1      1                   1      1

VERSION  CASES  RIGHT in process  WRONG  RIGHT through HTTP  WRONG
>= 1.0       3                 3      0                   3      0
0.1          1                 0      1                   0      1

TOTAL                CASES  RIGHT in process  WRONG  RIGHT through HTTP  WRONG
without geo and 0.1      3                 3      0                   3      0
without 0.1              3                 3      0                   3      0
all                      4                 3      1                   3      1

✗ syntax/old.yml: Names (old, 0.1)
  query     *[_type == $type].name
  params    {"type":"paper"}
  expected  "not this"
  got       ["Anzeiger","Bote"]

`,
  })
})

test('a wrong answer, a query that should have been refused and one that should not end it with 1', async () => {
  const file = writeSuite(
    papers,
    {...asked, _id: 'order', result: ['Bote', 'Anzeiger']},
    {...asked, _id: 'taken', valid: false},
    {...asked, _id: 'refused', query: '*[', params: null, name: 'Brackets'},
  )

  const all = await run(file, '--failures', '2')
  const one = await run(file, '--only', 'Brackets')

  expect([all.code, all.out.match(/^✗.*|^… .*/gm)]).toEqual([
    1,
    [
      '✗ basic/names.yml: Names (order, >= 1.0)',
      '✗ basic/names.yml: Names (taken, >= 1.0)',
      '… and 1 more (--failures N shows more of them).',
    ],
  ])
  expect([one.code, one.out.split('\n\n').at(-2)]).toEqual([
    1,
    `✗ basic/names.yml: Brackets (refused, >= 1.0)
  query     *[
  expected  ["Anzeiger","Bote"]
  got       a refusal: unexpected end-of-file, expected expression`,
  ])
})

test('scores are compared by their places, equal ones sharing one', async () => {
  const query = '* | score(name == "Bote") {_id, _score}'
  const places = (b: number, a: number) => [
    {_id: 'b', _pos: b},
    {_id: 'a', _pos: a},
  ]
  const scored = {...asked, query, filename: 'basic/score.yml'}
  const right = writeSuite(papers, {...scored, result: places(1, 2)})
  const wrong = writeSuite(papers, {...scored, result: places(1, 1)})

  expect([(await run(right)).code, (await run(wrong)).code]).toEqual([0, 1])
})

test('documents that the lake refuses are told, and the rest is asked', async () => {
  const stray = {_id: 'c', _type: 'paper', name: 'C', owner: {_ref: 'nobody'}}
  const file = writeSuite({...papers, documents: [...papers.documents.slice(1), stray]}, asked)

  const {code, out} = await run(file)

  expect([code, out.match(/^The lake refused.*$/gm)]).toEqual([
    1,
    [
      'The lake refused a document: papers "a": Mutation failed: Document "a" references non-existent document "b"',
      'The lake refused a document: papers "c": Mutation failed: Document "c" references non-existent document "nobody"',
    ],
  ])
})

test('the file may be gzipped', async () => {
  const file = join(temporaryFolder(), 'suite.ndjson.gz')
  writeFileSync(file, gzipSync(`${JSON.stringify(papers)}\n${JSON.stringify(asked)}`))

  expect((await run(file)).code).toBe(0)
})

test('what it cannot do, it says in a sentence', async () => {
  const file = writeSuite(papers, asked)
  const alone = writeSuite(asked)
  const odd = writeSuite(papers, {_type: 'test', _id: 'odd'})
  const missing = join(temporaryFolder(), 'nothing.ndjson')
  const outcomes = await Promise.all([
    run(),
    run(missing),
    run(file, '--failures', 'all'),
    run(file, '--only', 'nothing like it'),
    run(file, '--loud'),
    run(alone),
    run(odd),
  ])

  expect(outcomes.map(({code, err}) => [code, err.split('\n')[0]])).toEqual([
    [1, 'Name the one file that holds the cases.'],
    [1, `${missing} cannot be read: ENOENT: no such file or directory, open '${missing}'.`],
    [1, '--failures must be a whole number.'],
    [1, `${file} holds no case with "nothing like it" in its name or query.`],
    [1, "Unknown option '--loud'."],
    [1, `The case names asks the dataset papers, which ${alone} does not hold.`],
    [1, `${odd}, line 2 is neither a dataset nor a test: "name" is not as it must be.`],
  ])
})
