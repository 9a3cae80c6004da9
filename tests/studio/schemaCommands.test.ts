import {execFile} from 'node:child_process'
import {mkdir, mkdtemp, readFile, rm} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {promisify} from 'node:util'

import {expect, onTestFinished, test} from 'vitest'
import {z} from 'zod'

import {schemaTypes} from '../../schemas/index.ts'

const run = promisify(execFile)
const projectDirectory = join(import.meta.dirname, '..', '..')
const sanity = (...args: string[]) =>
  run(
    process.execPath,
    [join('node_modules', '@sanity', 'cli', 'bin', 'run.js'), 'schemas', ...args],
    {cwd: projectDirectory, env: {...process.env, DO_NOT_TRACK: '1'}},
  )

test('`sanity schemas extract` writes every document type of the newsroom', async () => {
  // Inside of the project, as the command asks, and where git does not look.
  const results = join(projectDirectory, 'test-results')
  await mkdir(results, {recursive: true})
  const folder = await mkdtemp(join(results, 'extract-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  await sanity('extract', '--path', join(relative(projectDirectory, folder), 'schema.json'))
  const extracted = z
    .array(z.looseObject({type: z.string(), name: z.string()}))
    .parse(JSON.parse(await readFile(join(folder, 'schema.json'), 'utf8')))
  const documents = extracted.filter(({type}) => type === 'document').map(({name}) => name)
  const ours = schemaTypes.filter(({type}) => type === 'document').map(({name}) => name)
  expect(documents).toEqual(expect.arrayContaining(ours))
}, 120_000)

test('`sanity schemas validate` finds no error and no warning', async () => {
  const {stdout} = await sanity('validate', '--format', 'json')
  expect(JSON.parse(stdout)).toEqual([])
}, 120_000)
