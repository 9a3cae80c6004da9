import {afterAll, beforeAll, expect, test} from 'vitest'

import {stages} from '../../editorial/documents.ts'
import {newsroomGuards} from '../../editorial/guards.ts'
import {newsroomRoles, roleNames, type RoleName} from '../../editorial/roles.ts'
import {workflowActions, type WorkflowAction} from '../../editorial/workflow.ts'
import {startLake, type RunningLake} from '../lake/support/startLake.ts'
import {attempt} from './cells.ts'
import {writeStoryAt} from './storiesAtStages.ts'

let lake: RunningLake
beforeAll(async () => {
  lake = await startLake({
    projectId: 'dateline',
    roles: newsroomRoles,
    guards: newsroomGuards,
  })
})
afterAll(() => lake.close())

const clientFor = (role: RoleName) => lake.clientFor(role, {perspective: 'raw'})

let stories = 0

function nextId(): string {
  stories += 1
  return `story-${stories}`
}

test('every action, at every stage, by every role: the table and the store give one answer', async () => {
  const different: string[] = []
  const lines = new Map<
    WorkflowAction,
    {cells: number; sent: number; allowed: number; agree: number}
  >()
  for (const action of workflowActions) {
    const line = {cells: 0, sent: 0, allowed: 0, agree: 0}
    for (const stage of stages) {
      // The roles at once: each tries it on a story of its own.
      const tries = roleNames.map(async (role) => {
        const {table, store, sent} = await attempt(clientFor, {action, stage, role, id: nextId()})
        line.cells += 1
        if (sent) line.sent += 1
        if (table === true) line.allowed += 1
        if ((table === true) === (store === 'done')) line.agree += 1
        else different.push(`${action} at ${stage} by ${role}: table ${table}, store ${store}`)
      })
      await Promise.all(tries)
    }
    lines.set(action, line)
  }
  console.table(Object.fromEntries(lines))
  expect(different).toEqual([])
}, 120_000)

test.each(stages)(
  'at %s, the stock actions leave readers and stage as they are, whoever calls them',
  async (stage) => {
    for (const role of roleNames) {
      const id = nextId()
      await writeStoryAt(await clientFor('administrator'), stage, {id})
      const client = await clientFor(role)
      const publicOf = () => client.getDocuments([id, `editorial.${id}`])
      const before = await publicOf()
      const ids = {publishedId: id, draftId: `drafts.${id}`}
      for (const action of [
        {actionType: 'sanity.action.document.publish', ...ids},
        {actionType: 'sanity.action.document.unpublish', ...ids},
      ] as const) {
        const outcome = client.action(action, {skipCrossDatasetReferenceValidation: true})
        await expect(outcome).rejects.toMatchObject({statusCode: expect.any(Number)})
      }
      expect(await publicOf()).toEqual(before)
    }
  },
)
