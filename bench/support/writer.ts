import type {SanityClient} from '@sanity/client'

import {openFolderAccounts, prepareDataFolder} from '../../lake/store/accountsFolder.ts'
import {createLakeClient} from '../../queries/client.ts'
import type {ClientFetch} from '../../scripts/importing/requestGate.ts'
import {skippingGuards} from '../../scripts/importing/skippingGuards.ts'

/** A token of somebody who may write, made on the data folder as `npm run token` makes it. */
export async function writerToken(dataDirectory: string): Promise<string> {
  const accounts = openFolderAccounts(prepareDataFolder(dataDirectory), {now: () => new Date()})
  const {secret} = await accounts.tokens.add({name: `Bench ${Date.now()}`, role: 'administrator'})
  accounts.close()
  return secret
}

/** A client that may write; `filling` past the check that editors wait for, as whoever restores stories does. */
export async function writer(
  origin: string,
  dataDirectory: string,
  {filling = false} = {},
): Promise<SanityClient> {
  const direct: ClientFetch = (address, init) => fetch(address, init)
  return createLakeClient({
    lake: 'embedded',
    projectId: 'dateline',
    dataset: 'production',
    apiHost: origin,
    perspective: 'raw',
    token: await writerToken(dataDirectory),
    resolveFetch: () => (filling ? skippingGuards(direct, 'Filling') : direct),
  })
}
