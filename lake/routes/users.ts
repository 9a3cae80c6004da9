import {Hono} from 'hono'
import {bodyLimit} from 'hono/body-limit'
import {z} from 'zod'

import {signInNeeded} from '../access/authentication.ts'
import type {Caller} from '../access/caller.ts'
import type {Callers} from '../access/callers.ts'
import type {JsonObject, JsonValue} from '../documents/document.ts'
import {httpError} from '../errors.ts'
import type {Accounts} from '../store/accounts.ts'
import type {User} from '../store/accountsUsers.ts'
import type {LakeHonoEnv} from './environment.ts'
import {signedIn} from './guards.ts'

const jsonValue: z.ZodType<JsonValue> = z.json()
const keyValuesModel = z
  .array(z.object({key: z.string().min(1).max(256), value: jsonValue}))
  .max(100)

/** The Studio stores sort orders and what was seen: kilobytes, never documents. */
const keyValueBytes = 256 * 1024

/** `users/…`: who is signed in, who the authors of changes are, and what the Studio remembers for a user. */
export function usersRoutes(parts: {accounts: Accounts; callers: Callers}): Hono<LakeHonoEnv> {
  const {accounts, callers} = parts
  const routes = new Hono<LakeHonoEnv>()

  routes.get('/users/me', async (context) => {
    const {caller} = context.var
    // Without an error code: the Studio asks this to find out whether anybody is signed in.
    if (caller.kind === 'anonymous') throw signInNeeded()
    const [user] = await accounts.users.byIds([caller.userId])
    return context.json(currentUser(caller, user, callers))
  })

  routes.get('/users/me/keyvalue/:keys', signedIn, async (context) => {
    const keys = context.req.param('keys').split(',')
    return context.json(await accounts.keyValues.get(context.var.caller.userId, keys))
  })

  routes.put(
    '/users/me/keyvalue',
    signedIn,
    bodyLimit({maxSize: keyValueBytes, onError: tooLarge}),
    async (context) => {
      const pairs = keyValuesModel.safeParse(await context.req.json().catch(() => undefined))
      if (!pairs.success) {
        throw httpError(
          400,
          'keyValueInvalid',
          'The body must be a list of at most 100 objects {"key", "value"}.',
        )
      }
      await accounts.keyValues.set(context.var.caller.userId, pairs.data)
      return context.json(pairs.data)
    },
  )

  routes.delete('/users/me/keyvalue/:keys', signedIn, async (context) => {
    await accounts.keyValues.remove(context.var.caller.userId, context.req.param('keys').split(','))
    return context.body(null, 204)
  })

  routes.get('/users/:ids', signedIn, async (context) => {
    const ids = context.req.param('ids').split(',')
    const found = new Map((await accounts.users.byIds(ids)).map((user) => [user.id, user]))
    const {userId} = context.var.caller
    const users = ids.map((id) => {
      const user = found.get(id)
      return user ? publicUser(user, userId) : null
    })
    if (ids.length > 1) return context.json(users)
    if (!users[0]) throw httpError(404, 'userUnknown', `There is no user with the id "${ids[0]}".`)
    return context.json(users[0])
  })

  return routes
}

function tooLarge(): never {
  throw httpError(413, 'keyValueTooLarge', `Request body exceeds limit of ${keyValueBytes} bytes`)
}

function currentUser(caller: Caller, user: User | undefined, callers: Callers): JsonObject {
  const name = caller.roles.at(-1) ?? 'none'
  return {
    id: caller.userId,
    name: caller.displayName,
    email: user?.email ?? '',
    profileImage: null,
    provider: 'link',
    role: name,
    // Never empty: the Studio shows its "not authorized" screen to somebody without roles.
    roles: [{name, title: callers.role(name)?.title ?? name}],
  }
}

function publicUser(user: User, callerId: string): JsonObject {
  return {
    id: user.id,
    displayName: user.name,
    imageUrl: null,
    ...(user.email === null ? {} : {email: user.email}),
    createdAt: user.createdAt,
    isCurrentUser: user.id === callerId,
    provider: 'link',
  }
}
