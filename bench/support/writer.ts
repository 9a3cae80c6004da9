import type {SanityClient} from '@sanity/client'

import {openFolderAccounts, prepareDataFolder} from '../../lake/store/accountsFolder.ts'
import {createLakeClient} from '../../queries/client.ts'

/** A client that may write, by a token made on the data folder as `npm run token` makes it. */
export async function writer(origin: string, dataDirectory: string): Promise<SanityClient> {
  const accounts = openFolderAccounts(prepareDataFolder(dataDirectory), {now: () => new Date()})
  const {secret} = await accounts.tokens.add({name: `Bench ${Date.now()}`, role: 'administrator'})
  accounts.close()
  return createLakeClient({
    lake: 'embedded',
    projectId: 'dateline',
    dataset: 'production',
    apiHost: origin,
    perspective: 'raw',
    token: secret,
  })
}
