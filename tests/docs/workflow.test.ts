import {execFile} from 'node:child_process'
import {cp, readFile, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {describe, expect, test} from 'vitest'
import {z} from 'zod'

import {publicationOf} from '../../editorial/publishing.ts'
import {withWorkflowTable} from '../../scripts/documentation/workflowTable.ts'
import {refusals} from '../editorial/judged.ts'
import {countedKeys, draftOf, liveStory} from '../editorial/stories.ts'
import {temporaryFolder} from '../scripts/support/files.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')
const page = await readFile(join(root, 'docs', 'workflow.md'), 'utf8')

/** The example patch that touches a file. */
function exampleOf(file: string): string {
  const patches = [...page.matchAll(/```diff\n([\s\S]*?)```/g)].flatMap(([, patch]) => patch ?? [])
  return patches.find((patch) => patch.includes(`+++ b/${file}\n`)) ?? ''
}

/** Applies an example to a copy of the rules, and answers what a program in that copy prints. */
async function inCopyWith(file: string, program: string): Promise<unknown> {
  const folder = temporaryFolder()
  await Promise.all([
    cp(join(root, 'editorial'), join(folder, 'editorial'), {recursive: true}),
    cp(join(root, 'schemas'), join(folder, 'schemas'), {recursive: true}),
    cp(join(root, 'package.json'), join(folder, 'package.json')),
    symlink(join(root, 'node_modules'), join(folder, 'node_modules')),
    writeFile(join(folder, 'example.diff'), exampleOf(file)),
    writeFile(join(folder, 'program.ts'), program),
  ])
  await run('git', ['apply', 'example.diff'], {cwd: folder})
  const {stdout} = await run(process.execPath, ['program.ts'], {cwd: folder})
  return JSON.parse(stdout)
}

test('the table is that of the code (npm run docs writes it)', () => {
  expect(page).toBe(withWorkflowTable(page))
})

describe('the examples for those who change the rules', () => {
  test('a step', async () => {
    const program = `
      import {allowed} from './editorial/allowed.ts'
      import {newsroomGuards} from './editorial/guards.ts'
      const facts = {now: new Date(), by: 'ann', draft: {_rev: 'r'}, note: 'Not yet.'}
      const step = newsroomGuards.find(({name}) => name === 'step')?.allows ?? ''
      console.log(JSON.stringify([
        allowed('scheduled', 'editor', 'return', facts),
        step.includes('["review","approved","scheduled"]'),
      ]))`
    expect(await inCopyWith('editorial/workflow.ts', program)).toEqual([true, true])
  })

  test('a stage', async () => {
    const program = `
      import {editorialState} from './editorial/documents.ts'
      import {allowed} from './editorial/allowed.ts'
      import {editorialState as schema} from './schemas/private/editorialState.ts'
      const facts = {now: new Date(), by: 'ann', draft: {_rev: 'r'}}
      const stage = schema.fields.find(({name}) => name === 'stage')
      console.log(JSON.stringify([
        editorialState.shape.stage.parse('legal'),
        allowed('legal', 'publisher', 'publish', facts),
        allowed('legal', 'reporter', 'assign', facts),
        stage.options.list.map(({title}) => title).includes('With the lawyers'),
      ]))`
    expect(await inCopyWith('schemas/objects/stages.ts', program)).toEqual([
      'legal',
      'This story is “With the lawyers”, and from there it cannot be published for the first time; that takes a story that is “Approved”. Look at where the story stands now.',
      true,
      true,
    ])
  })

  test('a role', async () => {
    const program = `
      import {newsroomMember} from './editorial/documents.ts'
      import {atLeast, newsroomRoles} from './editorial/roles.ts'
      const role = newsroomRoles.find(({name}) => name === 'chiefEditor')
      console.log(JSON.stringify([
        atLeast('chiefEditor', 'editor'),
        atLeast('chiefEditor', 'publisher'),
        atLeast('publisher', 'chiefEditor'),
        role.grants.map(({filter}) => filter).includes('_type == "newsroomMember"'),
        newsroomMember.shape.role.parse('chiefEditor'),
      ]))`
    expect(await inCopyWith('schemas/roles.ts', program)).toEqual([
      true,
      false,
      true,
      true,
      'chiefEditor',
    ])
  })

  test('a guard', async () => {
    const program = `
      import {newsroomGuards} from './editorial/guards.ts'
      console.log(JSON.stringify(newsroomGuards))`
    const guard = z.object({
      name: z.string(),
      sentence: z.string(),
      applies: z.string(),
      allows: z.string(),
    })
    const guards = z.array(guard).parse(await inCopyWith('editorial/guards/articles.ts', program))
    const refusing = (headline: string) => {
      const {firstPublishedAt: _first, ...draft} = draftOf(liveStory(), {headline})
      const now = new Date('2026-11-24T14:05:00.000Z')
      const {mutations} = publicationOf({
        draft,
        now,
        by: 'ann',
        role: 'publisher',
        newKey: countedKeys(),
        answer: {kind: 'now', reason: 'It is news.'},
      })
      const stored = {...draft, _rev: 'draft-rev'}
      return refusals([stored], mutations, {userId: 'ann', role: 'publisher', now}, guards)
    }
    expect([refusing('Kerry in Moscow'), refusing('Kerry in Moscow!')]).toEqual([
      [],
      ['noShouting'],
    ])
  })
})
