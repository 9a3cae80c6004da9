import type {Result, Router} from 'hono/router'
import {TrieRouter} from 'hono/router/trie-router'

import {RecentlyUsed} from '../query/syntax/cache.ts'

const mostRemembered = 500
/** Longer paths name documents, and are hardly asked for twice. */
const longestRemembered = 120

/** Finds routes as Hono does, and remembers what it found: a client sends to the same few paths again and again. */
export class RememberingRouter<Handler> implements Router<Handler> {
  readonly name = 'RememberingRouter'
  readonly #router = new TrieRouter<Handler>()
  readonly #found = new RecentlyUsed<Result<Handler>>(mostRemembered)

  add(method: string, path: string, handler: Handler): void {
    this.#router.add(method, path, handler)
  }

  match(method: string, path: string): Result<Handler> {
    if (path.length > longestRemembered) return this.#router.match(method, path)
    return this.#found.get(`${method} ${path}`, () => this.#router.match(method, path))
  }
}
