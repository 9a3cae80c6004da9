import type {SanityClient} from '@sanity/client'
import type {Page} from 'playwright-core'

import {documentId} from '../../../editorial/documents.ts'
import {openBrowser, signIn, watchOutside} from './browser.ts'
import {unexpectedEndpoints} from './ledger.ts'
import {startProduct, type RunningProduct} from './product.ts'

/** The story that every new newsroom has. */
export const kerry = 'Kerry in Moscow to Push for Political Transition in Syria'

export type Newsroom = {
  product: RunningProduct
  administrator: SanityClient
  /** Somebody who works by a program: no browser is needed to get in people's way. */
  robot: SanityClient
  /** A page in a browser of its own: other cookies, other connections. */
  newPage(): Promise<Page>
  /** A person of this role, signed in. */
  newPerson(name: string, role: string): Promise<Page>
  /** What pages asked for that is not there, and of other machines; nothing, when all is well. */
  strayRequests(): Promise<{endpoints: unknown[]; outside: string[]}>
  close(): Promise<void>
}

/** The product as a newsroom in Prague, with these documents beside what it begins with; `robot` is that one's role. */
export async function openNewsroom({
  robot: robotsRole,
  documents = [],
}: {
  robot: string
  documents?: readonly {_id: string; _type: string; [field: string]: unknown}[]
}): Promise<Newsroom> {
  const product = await startProduct()
  const administrator = await product.clientFor('administrator')
  const robot = await product.clientFor(robotsRole)
  const transaction = administrator
    .transaction()
    .createIfNotExists({_id: documentId.siteSettings, _type: 'siteSettings', title: 'Dateline'})
    .patch(documentId.siteSettings, {set: {timeZone: 'Europe/Prague'}})
  for (const document of documents) transaction.create(document)
  await transaction.commit()
  const browser = await openBrowser()
  const outside: string[][] = []
  const newPage = async () => {
    const context = await browser.newContext({viewport: {width: 1440, height: 1000}})
    outside.push(watchOutside(context))
    return await context.newPage()
  }
  return {
    product,
    administrator,
    robot,
    newPage,
    async newPerson(name, role) {
      const page = await newPage()
      await signIn(page, await product.signInLinkFor(name, role))
      return page
    },
    async strayRequests() {
      return {endpoints: await unexpectedEndpoints(administrator), outside: outside.flat()}
    },
    async close() {
      await browser.close()
      await product.stop()
    },
  }
}

export function topic(id: string, title: string) {
  return {_id: id, _type: 'topic', title, slug: {_type: 'slug', current: id}}
}
