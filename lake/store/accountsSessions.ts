import type {Database} from 'better-sqlite3'

import {hashSecret, newSecret} from './accountsSecrets.ts'
import type {Clock} from '../environment.ts'
import {unknownUser, type User} from './accountsUsers.ts'
import {UntilWritten} from './untilWritten.ts'

/** A sign-in link works this long: long enough to switch windows, short enough to be useless in a chat log. */
export const signInLinkMinutes = 15

/** A session lasts this long after signing in. */
export const sessionDays = 30

const minute = 60_000
const day = 24 * 60 * minute

export type SignInLink = {code: string; expiresAt: Date; user: User}

/** What a sign-in code is worth now; `user` is whose it is, where that may still be said. */
export type LinkState =
  | {state: 'valid'; user: User}
  | {state: 'used' | 'expired'; user: User}
  | {state: 'unknown'}

export type Session = {user: User; expiresAt: Date}

export type SessionsStore = {
  /** Makes a one-time link for a person. Throws `LakeError` `userUnknown`. */
  createLink(userName: string): Promise<SignInLink>
  /** Looks at a code without using it up. */
  linkState(code: string): Promise<LinkState>
  /** Uses a code up and starts a session, both or neither; a second call with the same code says `used`. */
  signIn(
    code: string,
  ): Promise<(Session & {state: 'signedIn'; secret: string}) | Exclude<LinkState, {state: 'valid'}>>
  /** The session behind a cookie's secret; `expired` while it is still remembered, `undefined` afterwards. */
  find(secret: string): Promise<Session | 'expired' | undefined>
  end(secret: string): Promise<void>
}

type LinkRow = {expiresAt: string; usedAt: string | null}
type SessionRow = {sessionExpiresAt: string}

/** Sign-in links and the sessions that they start. */
export function sessionsStore(database: Database, clock: Clock): SessionsStore {
  const linkOf = database.prepare<[string], User & LinkRow>(
    `SELECT users.*, expiresAt, usedAt FROM signInLinks JOIN users ON users.id = userId WHERE codeHash = ?`,
  )
  const sessionOf = database.prepare<[string], User & SessionRow>(
    `SELECT users.*, expiresAt AS sessionExpiresAt FROM sessions JOIN users ON users.id = userId
     WHERE secretHash = ? AND users.revokedAt IS NULL`,
  )
  const sessions = new UntilWritten(database, (secretHash) => sessionOf.get(secretHash))
  const end = database.prepare<[string]>('DELETE FROM sessions WHERE secretHash = ?')

  const createLink = database.transaction((userName: string): SignInLink => {
    const user = database
      .prepare<[string], User>(
        `SELECT * FROM users WHERE kind = 'person' AND name = ? COLLATE NOCASE AND revokedAt IS NULL`,
      )
      .get(userName)
    if (!user) throw unknownUser(userName)
    const now = clock.now()
    const expiresAt = new Date(now.getTime() + signInLinkMinutes * minute)
    const code = newSecret()
    // Old links stay a day, so that the page can still say "used" or "expired" rather than "unknown".
    database
      .prepare('DELETE FROM signInLinks WHERE expiresAt < ?')
      .run(new Date(now.getTime() - day).toISOString())
    database
      .prepare(
        'INSERT INTO signInLinks (codeHash, userId, createdAt, expiresAt) VALUES (?, ?, ?, ?)',
      )
      .run(hashSecret(code), user.id, now.toISOString(), expiresAt.toISOString())
    return {code, expiresAt, user}
  })

  function linkState(code: string): LinkState {
    const row = linkOf.get(hashSecret(code))
    if (!row) return {state: 'unknown'}
    const {expiresAt, usedAt, ...user} = row
    if (usedAt !== null) return {state: 'used', user}
    if (expiresAt <= clock.now().toISOString()) return {state: 'expired', user}
    return {state: 'valid', user}
  }

  const signIn = database.transaction((code: string) => {
    const link = linkState(code)
    if (link.state !== 'valid') return link
    const now = clock.now()
    const expiresAt = new Date(now.getTime() + sessionDays * day)
    const secret = newSecret()
    database
      .prepare('UPDATE signInLinks SET usedAt = ? WHERE codeHash = ?')
      .run(now.toISOString(), hashSecret(code))
    database
      .prepare('DELETE FROM sessions WHERE expiresAt < ?')
      .run(new Date(now.getTime() - sessionDays * day).toISOString())
    database
      .prepare(
        'INSERT INTO sessions (secretHash, userId, createdAt, expiresAt) VALUES (?, ?, ?, ?)',
      )
      .run(hashSecret(secret), link.user.id, now.toISOString(), expiresAt.toISOString())
    return {state: 'signedIn' as const, secret, user: link.user, expiresAt}
  })

  return {
    createLink: async (userName) => createLink.immediate(userName),
    linkState: async (code) => linkState(code),
    signIn: async (code) => signIn.immediate(code),
    find: async (secret) => {
      const row = sessions.get(hashSecret(secret))
      if (!row) return undefined
      const {sessionExpiresAt, ...user} = row
      if (sessionExpiresAt <= clock.now().toISOString()) return 'expired'
      return {user, expiresAt: new Date(sessionExpiresAt)}
    },
    end: async (secret) => {
      end.run(hashSecret(secret))
    },
  }
}
