import {availableParallelism} from 'node:os'
import {Worker} from 'node:worker_threads'

import {httpError, LakeError} from '../../errors.ts'
import {isJsonObject} from '../document.ts'
import type {Answered, Question, Reply, ThreadData} from './messages.ts'

/** What queries may take that are too long for the thread that everybody waits for. */
export type ThreadLimits = {
  threads: number
  /** Milliseconds from the question to the answer. */
  time: number
  /** Megabytes of JavaScript's heap. */
  memory: number
  /** Questions that may wait for a thread. */
  waiting: number
}

/** As the hosted lake's (HTTP API, "Technical limits"), but for the number of threads. */
export const defaultThreadLimits: ThreadLimits = {
  threads: Math.min(4, Math.max(1, availableParallelism() - 1)),
  time: 60_000,
  memory: 512,
  waiting: 200,
}

type Waiting = {
  question: Question
  resolve(answer: Answered): void
  reject(error: unknown): void
}

/**
 * Threads that answer queries which read much, so that a keystroke, a listener and short queries do not wait for them.
 * They are started when they are first needed.
 */
export class QueryThreads {
  readonly #data: ThreadData
  readonly #limits: ThreadLimits
  readonly #idle: Worker[] = []
  /** How to refuse the question that a thread is at. */
  readonly #busy = new Map<Worker, () => void>()
  readonly #waiting: Waiting[] = []
  readonly #ending = new Set<Promise<unknown>>()
  #started = 0
  #closed = false

  constructor(data: ThreadData, limits: ThreadLimits = defaultThreadLimits) {
    this.#data = data
    this.#limits = limits
  }

  /**
   * Answers a query as `prepareQuery(…).run` does. Throws its errors, and `LakeError` `queryTimeout` (408),
   * `queryTooLarge` (413) and `tooManyQueries` (429).
   */
  answer(question: Question): Promise<Answered> {
    if (this.#closed) return Promise.reject(stopped())
    if (this.#waiting.length >= this.#limits.waiting) {
      const message = `${this.#limits.waiting} long queries are waiting already. Try again in a moment.`
      return Promise.reject(httpError(429, 'tooManyQueries', message))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({question, resolve, reject})
      this.#next()
    })
  }

  /** Ends all threads; what is not answered is refused. */
  async close(): Promise<void> {
    this.#closed = true
    for (const {reject} of this.#waiting.splice(0)) reject(stopped())
    for (const refuse of this.#busy.values()) refuse()
    for (const thread of this.#idle.splice(0)) this.#end(thread)
    await Promise.all(this.#ending)
  }

  #next(): void {
    if (this.#waiting.length === 0) return
    const thread = this.#idle.pop() ?? this.#start()
    const waiting = thread && this.#waiting.shift()
    if (thread && waiting) this.#ask(thread, waiting)
  }

  #start(): Worker | undefined {
    if (this.#started >= this.#limits.threads) return undefined
    this.#started += 1
    const thread = new Worker(new URL('./queryThread.ts', import.meta.url), {
      workerData: this.#data,
      resourceLimits: {maxOldGenerationSizeMb: this.#limits.memory},
    })
    thread.unref()
    return thread
  }

  #ask(thread: Worker, {question, resolve, reject}: Waiting): void {
    const settle = (finish: () => void, reusable: boolean) => {
      clearTimeout(timeout)
      this.#busy.delete(thread)
      thread.removeAllListeners('message')
      thread.removeAllListeners('error')
      if (reusable && !this.#closed) this.#idle.push(thread)
      else this.#end(thread)
      finish()
      this.#next()
    }
    const timeout = setTimeout(() => {
      const message = `The query took longer than ${this.#limits.time / 1_000} seconds and was ended. Narrow it down, or ask for fewer documents at once.`
      settle(() => reject(httpError(408, 'queryTimeout', message)), false)
    }, this.#limits.time)
    thread.once('message', (reply: Reply) => {
      settle(() => ('answered' in reply ? resolve(reply.answered) : reject(errorOf(reply))), true)
    })
    thread.once('error', (error) => settle(() => reject(this.#failure(error)), false))
    this.#busy.set(thread, () => settle(() => reject(stopped()), false))
    thread.postMessage(question)
  }

  #failure(error: unknown): unknown {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ERR_WORKER_OUT_OF_MEMORY') return error
    const message = `The query needed more than ${this.#limits.memory} MB and was ended. Ask for fewer documents or attributes at once.`
    return httpError(413, 'queryTooLarge', message)
  }

  #end(thread: Worker): void {
    this.#started -= 1
    // A thread in the middle of SQL ends once that has come to its end.
    const ending = thread.terminate().finally(() => this.#ending.delete(ending))
    this.#ending.add(ending)
  }
}

function errorOf(reply: Exclude<Reply, {answered: Answered}>): Error {
  if ('unexpected' in reply) return new Error(reply.unexpected)
  const {code, status, message, body} = reply.told
  const parsed: unknown = JSON.parse(body)
  return new LakeError(code, status, message, isJsonObject(parsed) ? parsed : {})
}

function stopped(): LakeError {
  return httpError(503, 'closing', 'The server is stopping. Try again in a moment.')
}
