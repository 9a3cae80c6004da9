import {expect, test} from 'vitest'

import {WriteQueue} from './writeQueue.ts'

/** A queue, and what happened in it in order. */
function observedQueue() {
  const happened: string[] = []
  const queue = new WriteQueue(async () => {
    happened.push('synchronised')
  })
  const run = (name: string) => async () => {
    happened.push(name)
  }
  return {
    happened,
    write: (name: string) => queue.add(run(name), () => undefined),
    spare: (name: string) => queue.addSpare(run(name)),
  }
}

test('work that nobody waits for stands behind every transaction that waits', async () => {
  const {happened, write, spare} = observedQueue()
  await Promise.all([spare('spare 1'), spare('spare 2'), write('one'), write('two')])
  expect(happened).toEqual([
    'one',
    'two',
    'synchronised',
    'spare 1',
    'synchronised',
    'spare 2',
    'synchronised',
  ])
})

test('whoever writes again as soon as he is answered comes first as well', async () => {
  const {happened, write, spare} = observedQueue()
  const typing = async () => {
    await write('one')
    await write('two')
    await write('three')
  }
  await Promise.all([spare('spare'), typing()])
  expect(happened).toEqual([
    'one',
    'synchronised',
    'two',
    'synchronised',
    'three',
    'synchronised',
    'spare',
    'synchronised',
  ])
})

test('writers are answered before others hear of it, and others hear in the order of the turns', async () => {
  const happened: string[] = []
  const queue = new WriteQueue(async () => {})
  const write = async (name: string) => {
    await queue.add(
      async () => {},
      () => happened.push(`others hear of ${name}`),
    )
    happened.push(`${name} is answered`)
  }
  const typing = async () => {
    await write('one')
    await write('two')
  }
  await Promise.all([typing(), write('three')])
  await queue.idle()
  expect(happened).toEqual([
    'one is answered',
    'three is answered',
    'others hear of one',
    'others hear of three',
    'two is answered',
    'others hear of two',
  ])
})
