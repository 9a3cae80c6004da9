import {lakeClientFactory} from '../../../studio/listening/clientFactory.ts'

/** A page with the Studio's client and nothing else; the test calls what stands on `window.listening`. */
const client = lakeClientFactory({
  projectId: 'testing',
  dataset: 'production',
  apiVersion: '2025-02-19',
  apiHost: location.origin,
  useCdn: false,
  withCredentials: true,
  perspective: 'raw',
})

type Heard = {type: string; documentId?: string}
const heard: Heard[][] = []
const failures: unknown[] = []

const listening = {
  /** Opens listeners as a document pane does. */
  open(count: number, type = 'story') {
    for (let index = 0; index < count; index += 1) {
      const events: Heard[] = []
      heard.push(events)
      client
        .listen(
          '*[_type == $type]',
          {type},
          {
            events: ['welcome', 'mutation', 'reconnect', 'reset', 'welcomeback'],
            includeAllVersions: true,
            enableResume: true,
            includeResult: false,
          },
        )
        .subscribe({next: (event) => events.push(event), error: (error) => failures.push(error)})
    }
  },
  /** How many listeners heard an event of this type, or about this document. */
  heardBy: (what: string) =>
    heard.filter((events) =>
      events.some(({type, documentId}) => type === what || documentId === what),
    ).length,
  /** How often each listener heard about a document: all of them once is right. */
  counts: (documentId: string) =>
    heard.map((events) => events.filter((event) => event.documentId === documentId).length),
  failures: () => failures.map(String),
  write: async (id: string) => {
    await client.create({_id: id, _type: 'story'})
    return true
  },
}

Object.assign(globalThis, {listening})
