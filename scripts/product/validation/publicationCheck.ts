import {Worker} from 'node:worker_threads'

import type {Check, Objection, Read} from '../../../lake/documents/checking.ts'
import type {LakeDocument} from '../../../lake/documents/document.ts'
import {publicDocumentTypes} from '../../../schemas/index.ts'
import type {FoundError, FromThread, ToThread} from './messages.ts'

/** The check of the newsroom's schemas over what becomes public, and how to end its thread. */
export type PublicationCheck = Check & {close(): Promise<void>}

type Validating = {
  read: Read
  resolve(found: readonly FoundError[]): void
  reject(reason: Error): void
}

/**
 * Validates whatever becomes public by the newsroom's schemas, on a thread of its own that is started when it is first
 * needed. Errors speak against the transaction, warnings do not; neither does an error that the public document has already,
 * so that a lease of another day can be ended and a mistake in a story corrected. A killed story is not validated: only
 * its address and the notice are left of it.
 */
export function createPublicationCheck(): PublicationCheck {
  const thread = new ValidationThread()
  return {
    types: publicDocumentTypes,
    async objections({changes}, read) {
      const found: Objection[] = []
      for (const {id, before, after} of changes) {
        if (after === undefined || !isValidated(after)) continue
        const errors = await thread.validate(after, read)
        const known = errors.length > 0 && before ? await thread.validate(before, read) : []
        const places = new Set(known.map(({place}) => place))
        for (const {place, sentence} of errors) {
          if (!places.has(place)) found.push({documentId: id, sentence})
        }
      }
      return found
    },
    close: () => thread.close(),
  }
}

function isValidated({_id, _type, killed}: LakeDocument): boolean {
  return publicDocumentTypes.includes(_type) && !_id.includes('.') && killed === undefined
}

/** The thread, started again when it has died. Its questions are answered from what each transaction leaves. */
class ValidationThread {
  readonly #validating = new Map<number, Validating>()
  #worker: Worker | undefined
  #numbers = 0

  validate(document: LakeDocument, read: Read): Promise<readonly FoundError[]> {
    const worker = (this.#worker ??= this.#start())
    const number = (this.#numbers += 1)
    return new Promise((resolve, reject) => {
      this.#validating.set(number, {read, resolve, reject})
      tell(worker, {validate: document, number})
    })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(new URL('./validationThread.ts', import.meta.url))
    worker.unref()
    worker.on('message', (message: FromThread) => void this.#hear(worker, message))
    worker.on('error', (cause) =>
      this.#lose(worker, new Error('The validation thread failed.', {cause})),
    )
    worker.on('exit', () => this.#lose(worker, new Error('The validation thread has ended.')))
    return worker
  }

  async #hear(worker: Worker, message: FromThread): Promise<void> {
    if ('ask' in message) {
      const {ask, params, of, question} = message
      tell(worker, await answerTo(this.#validating.get(of)?.read, {ask, params, question}))
      return
    }
    const waiting = this.#validating.get(message.number)
    this.#validating.delete(message.number)
    if ('found' in message) waiting?.resolve(message.found)
    else waiting?.reject(new Error(message.failed))
  }

  #lose(worker: Worker, reason: Error): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    for (const {reject} of this.#validating.values()) reject(reason)
    this.#validating.clear()
  }
}

async function answerTo(
  read: Read | undefined,
  {ask, params, question}: {ask: string; params: {[name: string]: unknown}; question: number},
): Promise<ToThread> {
  try {
    if (read === undefined) throw new Error('Nobody waits for this validation any more.')
    // What came over a thread's border as a parameter is what the rules made of JSON.
    const answer = await read(ask, JSON.parse(JSON.stringify(params)))
    return {answer, to: question}
  } catch (error) {
    return {noAnswer: error instanceof Error ? error.message : String(error), to: question}
  }
}

function tell(worker: Worker, message: ToThread): void {
  worker.postMessage(message)
}
