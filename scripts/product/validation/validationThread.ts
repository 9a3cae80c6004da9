/** A thread that validates documents by the newsroom's schemas: loading them takes a while, and so may they. */
import {parentPort} from 'node:worker_threads'

import {validateDocument, type Others} from '../../../schemas/validateDocument.ts'
import type {FoundError, FromThread, ToThread} from './messages.ts'

type Asked = {resolve(answer: unknown): void; reject(reason: Error): void}

const asked = new Map<number, Asked>()
let questions = 0

const tell = (message: FromThread): void => parentPort?.postMessage(message)

parentPort?.on('message', (message: ToThread) => {
  if ('validate' in message) void validate(message)
  else {
    const waiting = asked.get(message.to)
    asked.delete(message.to)
    if ('answer' in message) waiting?.resolve(message.answer)
    else waiting?.reject(new Error(message.noAnswer))
  }
})

async function validate({validate: document, number}: Extract<ToThread, {validate: unknown}>) {
  const others: Others = {
    ask: (query, params) =>
      new Promise((resolve, reject) => {
        const question = (questions += 1)
        asked.set(question, {resolve, reject})
        tell({ask: query, params, of: number, question})
      }),
    // Strong references are held by the lake itself. Those of an import lead nowhere, weakly, until all of it is there.
    exists: async () => true,
  }
  try {
    const findings = await validateDocument(document, others)
    const found = findings.flatMap(({level, path, field, message}): FoundError[] => {
      if (level !== 'error') return []
      const sentence = field === '' ? message : `${field}: ${message}`
      return [{place: JSON.stringify([path, message]), sentence}]
    })
    tell({found, number})
  } catch (error) {
    tell({failed: error instanceof Error ? (error.stack ?? error.message) : String(error), number})
  }
}
