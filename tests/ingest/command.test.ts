import {execFile} from 'node:child_process'
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'

import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {z} from 'zod'

import {article, editorialState} from '../../editorial/documents.ts'
import {receiptLine, receipt} from '../../ingest/capture/receipt.ts'
import {importReceipt} from '../../ingest/storyDocuments.ts'
import {captures, kerryFile, pathOf} from './support/fixtures.ts'

const script = resolve('scripts/import-story.ts')
const storyLine = z.strictObject({
  file: z.string(),
  documents: z.array(z.union([article, editorialState, importReceipt])),
  receipt,
  questions: z.array(z.object({question: z.string(), assumed: z.string()})),
  unplaced: z.array(receiptLine),
})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dateline-import-'))
})
afterAll(() => rmSync(folder, {recursive: true}))

function run(...args: string[]): Promise<{code: number; out: string; err: string}> {
  return new Promise((done) => {
    execFile(process.execPath, [script, ...args], {cwd: folder}, (error, out, err) => {
      done({code: typeof error?.code === 'number' ? error.code : 0, out, err})
    })
  })
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('npm run import-story', () => {
  test('prints one line of JSON a story on a dry run, without server or data folder', async () => {
    const files = [kerryFile, ...captures.map((entry) => pathOf(`captures/${entry.file}`))]
    const before = readdirSync(folder)
    const {code, out} = await run('--dry-run', '--json', ...files)
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => storyLine.parse(JSON.parse(line)))
    expect(lines.map((line) => line.file)).toEqual(files)
    expect(lines.map(({documents}) => documents.map(({_type: type}) => type))).toEqual(
      files.map(() => ['article', 'editorialState', 'importReceipt']),
    )
    expect(code).toBe(0)
    expect(readdirSync(folder)).toEqual(before)
  })

  test('shows the live story with --publish', async () => {
    const {out} = await run(
      '--dry-run',
      '--json',
      '--publish',
      '--published-at',
      '2016-03-23T14:00:00Z',
      '--publisher',
      'VOA',
      kerryFile,
    )
    expect(storyLine.parse(JSON.parse(out)).documents[0]).toMatchObject({
      _id: expect.stringMatching(/^story-/u),
      firstPublishedAt: '2016-03-23T14:00:00.000Z',
      source: {publisher: 'VOA'},
    })
  })

  test('tells a person what was made, asked and left out', async () => {
    const {out} = await run('--dry-run', kerryFile)
    expect(out).toContain('Kerry in Moscow to Push for Political Transition in Syria')
    expect(out).toContain('24 kept, 3 merged, 5 left out, 0 unplaced')
    expect(out).toContain('Assumed: On the day of the lead picture, 2016-03-23.')
    expect(out).toContain('breakpoints: lines 54, 55, 56, 57')
  })

  test('goes on after a file that cannot be imported, and says why in a sentence each', async () => {
    const odd = file('odd.txt', 'Headline of it\n\nA paragraph stands here.\n\n42\n\nAnother one.')
    const latin = file('latin.txt', Uint8Array.of(0x43, 0x61, 0x66, 0xe9))
    const empty = file('empty.txt', '\n')
    const missing = join(folder, 'missing.txt')
    const {code, out, err} = await run(
      '--dry-run',
      '--json',
      odd,
      latin,
      empty,
      missing,
      folder,
      kerryFile,
    )
    expect(code).toBe(1)
    expect(err.split('\n')).toEqual(
      expect.arrayContaining([
        `${odd}: Line 5 found no place in the story, so it was not imported. Edit the capture, or import it all the same with --allow-unplaced.`,
        `${latin}: The file is not UTF-8 text. Save it as UTF-8 and import it again.`,
        `${empty}: The capture is empty: there is no line of text in it.`,
        `${missing}: There is no such file.`,
        `${folder}: The file cannot be read: it is a folder.`,
      ]),
    )
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => storyLine.parse(JSON.parse(line)))
    expect(lines.map((line) => [line.file, line.documents.length, line.unplaced.length])).toEqual([
      [odd, 0, 1],
      [kerryFile, 3, 0],
    ])
    expect((await run('--dry-run', '--allow-unplaced', odd)).code).toBe(0)
  })

  test.each([
    [[], 'Name at least one file to import.'],
    [['--frobnicate', 'x.txt'], "Unknown option '--frobnicate'"],
    [
      ['--source-url', 'https://example.org', 'a.txt', 'b.txt'],
      '--source-url is the address of one story',
    ],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const {code, err} = await run(...args)
    expect(code).toBe(1)
    expect(err).toContain(sentence)
    expect(err).not.toContain('    at ')
  })
})
