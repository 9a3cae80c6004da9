import {randomUUID} from 'node:crypto'
import {setTimeout} from 'node:timers/promises'

import type {SanityClient} from '@sanity/client'
import {expect} from 'vitest'

import {openFolderAccounts, prepareDataFolder} from '../../../lake/store/accountsFolder.ts'
import {reader} from '../../site/support/eventReader.ts'
import {clientWith, startProduct} from '../../scripts/support/product.ts'
import {loggedSteps, nextStep, stepsByLease, type Step} from './publishers.ts'

const editors = 10
/** Milliseconds, as somebody types who is in a hurry. */
const betweenLetters = 100
const fewestAccepted = 3

/**
 * Two publishers who put flashes up and take them down for so many milliseconds, and until three changes were accepted on
 * the slowest machine, as fast as they can, while ten editors write: checks that every change that was accepted stands in the log, in its order, that none stands there beside
 * them, and that a reader's page ends with what is true. Answers how many were accepted and how many were refused.
 */
export async function toggleForAWhile(
  data: string,
  milliseconds: number,
): Promise<{accepted: number; refused: number; typed: number}> {
  const secrets = await tokens(data, ['publisher', 'publisher', ...Array(editors).fill('editor')])
  const product = await startProduct(['--data', data, '--no-seed'])
  const [anna, ben, ...writers] = secrets.map((secret) => clientWith(secret, product.origin))
  if (!anna || !ben) throw new Error('There are no publishers.')
  const page = reader(await fetch(`${product.local}/live/breaking`))
  const ends = Date.now() + milliseconds
  let done = 0
  const goesOn = () => Date.now() < ends || done < fewestAccepted
  const published = Promise.all(
    [anna, ben].map((client) => toggle(client, goesOn, () => (done += 1))),
  )
  const typing = Promise.all(writers.map((client) => type(client, goesOn)))
  const [both, typed] = await Promise.all([published, typing])
  const accepted = both
    .flatMap(({steps}) => steps)
    .toSorted((one, other) => compare(one.at, other.at))

  const logged = await loggedSteps(anna)
  expect(Object.fromEntries(logged)).toEqual(Object.fromEntries(stepsByLease(accepted)))
  const live = await anna.fetch<string[]>('*[_type == "breakingNews" && !defined(endedAt)]._id')
  const expected = accepted.at(-1)?.did === 'start' ? [accepted.at(-1)?.leaseId] : []
  expect(live).toEqual(expected)
  let banners: unknown[] | undefined
  const until = Date.now() + 5000
  while (JSON.stringify(banners) !== JSON.stringify(expected) && Date.now() < until) {
    const {event, data} = await page.next()
    if (event !== 'state') continue
    banners = JSON.parse(data).banners.map(({id}: {id: string}) => id)
  }
  expect(banners).toEqual(expected)
  await page.close()
  expect(await product.stop()).toMatchObject({code: 0})
  return {
    accepted: accepted.length,
    refused: both.reduce((sum, {refused}) => sum + refused, 0),
    typed: typed.reduce((sum, letters) => sum + letters, 0),
  }
}

async function toggle(client: SanityClient, goesOn: () => boolean, accepted: () => void) {
  const {id: by} = await client.request<{id: string}>({url: '/users/me'})
  const steps: Step[] = []
  let refused = 0
  while (goesOn()) {
    try {
      const {step, mutations} = await nextStep(client, {by, newId: randomUUID})
      await client.mutate(mutations)
      steps.push(step)
      accepted()
    } catch (error) {
      // The other was faster: the desk has moved, or what was to be ended is over already.
      expect(error).toMatchObject({message: expect.stringMatching(/revision|over already|exist/)})
      refused += 1
    }
  }
  return {steps, refused}
}

async function type(client: SanityClient, goesOn: () => boolean): Promise<number> {
  const _id = `drafts.${randomUUID()}`
  await client.create({_id, _type: 'article', headline: ''})
  let letters = 0
  while (goesOn()) {
    letters += 1
    await client
      .patch(_id)
      .set({headline: `Letter ${letters}`})
      .commit()
    await setTimeout(betweenLetters)
  }
  const draft = await client.getDocument(_id)
  expect(draft?.['headline']).toBe(`Letter ${letters}`)
  return letters
}

async function tokens(data: string, roles: readonly string[]): Promise<string[]> {
  const accounts = openFolderAccounts(prepareDataFolder(data), {now: () => new Date()})
  const secrets: string[] = []
  for (const [index, role] of roles.entries()) {
    secrets.push((await accounts.tokens.add({name: `${role} ${index}`, role})).secret)
  }
  accounts.close()
  return secrets
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
