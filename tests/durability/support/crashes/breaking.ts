import {randomUUID} from 'node:crypto'

import {expect} from 'vitest'
import {z} from 'zod'

import {documentId} from '../../../../editorial/documents.ts'
import type {Mutation} from '../../../../editorial/mutations.ts'
import {loggedSteps, nextStep, stepsByLease, type Step} from '../publishers.ts'
import type {CrashKind} from './crash.ts'

const size = 60

type Evidence = {
  accepted: Step[]
  /** What was confirmed and never answered. */
  unanswered: {step: Step; mutations: Mutation[]} | undefined
}

/** A publisher who puts a flash up and takes it down again and again, until nobody answers. */
export const breaking: CrashKind<Evidence> = {
  calls: 900,
  async work({client}) {
    const accepted: Step[] = []
    let unanswered: Evidence['unanswered']
    try {
      const {id: by} = await client.request<{id: string}>({url: '/users/me'})
      for (let count = 0; count < size; count++) {
        unanswered = undefined
        const next = await nextStep(client, {by, newId: randomUUID})
        unanswered = next
        await client.mutate(next.mutations)
        accepted.push(next.step)
      }
      return {accepted, unanswered: undefined}
    } catch {
      return {accepted, unanswered}
    }
  },
  async check({client, evidence}) {
    const {accepted, unanswered} = evidence ?? {accepted: [], unanswered: undefined}
    const before = await loggedSteps(client)
    const happened = unanswered && stepHappened(before, unanswered.step)
    const steps = [...accepted, ...(happened ? [unanswered.step] : [])]
    for (const [leaseId, logged] of stepsByLease(steps)) {
      expect(before.get(leaseId)?.slice(-logged.length)).toEqual(logged)
    }
    await expectWhole(client)
    if (unanswered === undefined) return
    // The dialog's retry, with the same key: it is refused where it happened, and happens where it had not.
    const retried = await client.mutate(unanswered.mutations).then(
      () => true,
      () => false,
    )
    expect(retried).toBe(!happened)
    expect(stepHappened(await loggedSteps(client), unanswered.step)).toBe(true)
    await expectWhole(client)
  },
}

function stepHappened(logs: Awaited<ReturnType<typeof loggedSteps>>, step: Step): boolean {
  const {leaseId, did, at} = step
  return logs.get(leaseId)?.some((one) => one.did === did && one.at === at) ?? false
}

const whole = z.object({
  leases: z.array(z.object({_id: z.string(), endedAt: z.string().nullish()})),
})

/** Whatever is before readers has a log that says so, and the desk says the same; nothing has half of it. */
async function expectWhole(client: Parameters<typeof loggedSteps>[0]): Promise<void> {
  const {leases} = whole.parse(
    await client.fetch('{"leases": *[_type == "breakingNews"]{_id, endedAt}}'),
  )
  const logs = await loggedSteps(client)
  expect([...logs.keys()].toSorted()).toEqual(leases.map(({_id}) => _id).toSorted())
  for (const {_id, endedAt} of leases) {
    expect(logs.get(_id)?.at(-1)?.did).toBe(endedAt ? 'end' : 'start')
  }
  const moved = await client.getDocument(documentId.breakingDesk)
  const times = [...logs.values()].flatMap((steps) => steps.map(({at}) => at)).toSorted()
  expect(moved?.['changedAt']).toBe(times.at(-1))
}
