import type {Clock} from '../environment.ts'
import {accountsMigrations} from './accountsMigrations.ts'
import {sessionsStore, type SessionsStore} from './accountsSessions.ts'
import {
  datasetsStore,
  keyValuesStore,
  originsStore,
  type DatasetsStore,
  type KeyValuesStore,
  type OriginsStore,
} from './accountsSettings.ts'
import {tokensStore, type TokensStore} from './accountsTokens.ts'
import {usersStore, type UsersStore} from './accountsUsers.ts'
import {openDatabase} from './database.ts'
import {writtenStamp} from './writtenStamp.ts'

/**
 * Everything that a lake knows besides its datasets. Scripts open it beside a running server: nothing is
 * kept beyond the next commit of any process, so that each sees at once what another has done.
 */
export type Accounts = {
  users: UsersStore
  sessions: SessionsStore
  tokens: TokensStore
  origins: OriginsStore
  datasets: DatasetsStore
  keyValues: KeyValuesStore
  /** Changes whenever anybody, in whichever process, has written something. Cheap enough to be asked all the time. */
  stamp(): string
  close(): void
}

/** Opens (or makes) `lake.sqlite`. Throws `LakeError` `storeNewer` when a newer version of the program wrote it. */
export function openAccounts(file: string, clock: Clock): Accounts {
  const database = openDatabase(file, accountsMigrations)
  return {
    users: usersStore(database, clock),
    sessions: sessionsStore(database, clock),
    tokens: tokensStore(database, clock),
    origins: originsStore(database, clock),
    datasets: datasetsStore(database, clock),
    keyValues: keyValuesStore(database, clock),
    stamp: writtenStamp(database),
    close: () => database.close(),
  }
}
