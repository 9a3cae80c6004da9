import type {Database} from 'better-sqlite3'

import {hashSecret, newSecret, newShortId} from './accountsSecrets.ts'
import type {Clock} from '../environment.ts'
import {httpError} from '../errors.ts'
import {insertUser, nameTaken, type User} from './accountsUsers.ts'
import {UntilWritten} from './untilWritten.ts'

/** A token for a server or a script. It acts as a robot user of its own, whose name it bears. */
export type Token = {id: string; name: string; role: string; userId: string; createdAt: string}

export type TokensStore = {
  /** Makes a token; its secret is told this once. Throws `LakeError` `nameTaken` or `nameEmpty`. */
  add(token: {name: string; role: string}): Promise<{token: Token; secret: string}>
  /** Tokens that work, oldest first. */
  list(): Promise<Token[]>
  /** The robot user that a secret speaks for. */
  find(secret: string): Promise<User | undefined>
  /** Ends a token by its name or id. Throws `LakeError` `tokenUnknown`. */
  revoke(nameOrId: string): Promise<Token>
}

const columns = 'tokens.id, users.name, users.role, tokens.userId, tokens.createdAt'
const fromTokens = 'FROM tokens JOIN users ON users.id = tokens.userId'

/** The tokens of one lake. */
export function tokensStore(database: Database, clock: Clock): TokensStore {
  const list = database.prepare<[], Token>(
    `SELECT ${columns} ${fromTokens} ORDER BY tokens.createdAt, tokens.rowid`,
  )
  const byNameOrId = database.prepare<[string, string], Token>(
    `SELECT ${columns} ${fromTokens} WHERE users.name = ? COLLATE NOCASE OR tokens.id = ?`,
  )
  const userOf = database.prepare<[string], User>(
    `SELECT users.* ${fromTokens} WHERE tokens.secretHash = ? AND users.revokedAt IS NULL`,
  )
  const users = new UntilWritten(database, (secretHash) => userOf.get(secretHash))

  const add = database.transaction((wanted: {name: string; role: string}) => {
    if (byNameOrId.get(wanted.name.trim(), '')) throw nameTaken('token', wanted.name.trim())
    const {
      id: userId,
      name,
      role,
      createdAt,
    } = insertUser(database, clock, {
      kind: 'robot',
      ...wanted,
    })
    const token: Token = {id: newShortId('t'), name, role, userId, createdAt}
    // The prefix lets secret scanners recognise a leaked token.
    const secret = `lake_${newSecret()}`
    database
      .prepare('INSERT INTO tokens (id, secretHash, userId, createdAt) VALUES (?, ?, ?, ?)')
      .run(token.id, hashSecret(secret), userId, createdAt)
    return {token, secret}
  })

  const revoke = database.transaction((nameOrId: string): Token => {
    const token = byNameOrId.get(nameOrId, nameOrId)
    if (!token) {
      throw httpError(404, 'tokenUnknown', `There is no token with the name or id "${nameOrId}".`)
    }
    database.prepare('DELETE FROM tokens WHERE id = ?').run(token.id)
    database
      .prepare('UPDATE users SET revokedAt = ? WHERE id = ?')
      .run(clock.now().toISOString(), token.userId)
    return token
  })

  return {
    add: async (wanted) => add.immediate(wanted),
    list: async () => list.all(),
    find: async (secret) => users.get(hashSecret(secret)),
    revoke: async (nameOrId) => revoke.immediate(nameOrId),
  }
}
