import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {documentId} from '../../editorial/documents.ts'
import {
  newsroomWebhooks,
  webhookEvents,
  type WebhookAddress,
} from '../../editorial/webhookDocuments.ts'
import {fetchDeliveries} from '../../queries/webhookLog.ts'
import {ConfigError} from '../config.ts'

const events = z.array(z.enum(webhookEvents)).nonempty()

export type WebhookToAdd = {
  name: string
  url: string
  on: readonly string[]
  secretName: string | undefined
}

/** The addresses at `newsroom.webhooks` as a person at a command line sees them: sentences and lines. */
export function webhookList(client: SanityClient) {
  const read = async (): Promise<WebhookAddress[]> => {
    const found = await client.getDocument(documentId.webhooks)
    return newsroomWebhooks.nullish().parse(found)?.addresses ?? []
  }
  const named = async (name: string) => (await read()).find((address) => address.name === name)
  return {
    /** Throws `ConfigError` when something is missing or the name is taken. */
    async add({name, url, on, secretName}: WebhookToAdd, newKey: () => string): Promise<string> {
      const told = events.safeParse(on)
      if (!told.success) {
        throw new ConfigError(`--on takes some of ${webhookEvents.join(',')}, as in --on breaking.`)
      }
      if (!['http:', 'https:'].includes(URL.parse(url)?.protocol ?? '')) {
        throw new ConfigError(`“${url}” is no address. Begin it with https://.`)
      }
      if (secretName === undefined || !/^[A-Z0-9_]+$/.test(secretName)) {
        throw new ConfigError('--secret takes a name of capital letters, digits and _.')
      }
      if (await named(name)) throw new ConfigError(`There is a webhook “${name}” already.`)
      const address: WebhookAddress = {
        _type: 'webhookAddress',
        _key: newKey(),
        name,
        url,
        on: told.data,
        secretName,
        enabled: true,
      }
      const patch = client.patch(documentId.webhooks).setIfMissing({addresses: []})
      await client
        .transaction()
        .createIfNotExists({_id: documentId.webhooks, _type: 'newsroomWebhooks'})
        .patch(patch.append('addresses', [address]))
        .commit()
      return `“${name}” is told of ${told.data.join(', ')} from now on. The server signs with the secret in DATELINE_WEBHOOK_SECRET_${secretName}.`
    },
    /** Throws `ConfigError` when there is none of that name. */
    async remove(name: string): Promise<string> {
      const address = await named(name)
      if (!address) throw new ConfigError(`There is no webhook “${name}”.`)
      await client
        .patch(documentId.webhooks)
        .unset([`addresses[_key == "${address._key}"]`])
        .commit()
      return `“${name}” is told nothing more.`
    },
    async list(): Promise<string[]> {
      const addresses = await read()
      if (addresses.length === 0) return ['There are no webhooks yet.']
      return addresses.map(({name, url, on, secretName, enabled}) =>
        [name, url, on?.join(','), secretName, enabled === false ? 'off' : 'on'].join('  '),
      )
    },
    async log(): Promise<string[]> {
      const deliveries = await fetchDeliveries(client, {limit: 50})
      if (deliveries.length === 0) return ['Nothing was sent yet.']
      return deliveries.map(({at, to, event, about, state, attempts, failure}) =>
        [at, to, event, about, state, `${attempts}×`, failure ?? ''].join('  ').trimEnd(),
      )
    },
  }
}
