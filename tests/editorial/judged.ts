import {newsroomGuards, type Guard} from '../../editorial/guards.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import type {RoleName} from '../../editorial/roles.ts'
import type {JsonObject, JsonValue, LakeDocument} from '../../lake/documents/document.ts'
import {compile} from '../../lake/query/evaluate/compile.ts'
import {rootScope, type Evaluate, type QueryRun} from '../../lake/query/evaluate/scope.ts'
import {parseQuery} from '../../lake/query/parseQuery.ts'
import {idOf, newsroomInMemory, type Stored} from './newsroomInMemory.ts'

/** Who sends a transaction, and when. */
export type Sender = {userId: string; role: RoleName; now: Date}

const compiled = new Map<string, Evaluate>()
const parameters = {id: null, userId: null, roles: null, now: null, was: null}

function ready(expression: string): Evaluate {
  const known = compiled.get(expression)
  if (known) return known
  const made = compile(parseQuery(expression, parameters))
  compiled.set(expression, made)
  return made
}

/**
 * The names of the guards that refuse a transaction, as a store would ask them: of each changed document, over
 * the state that the transaction would leave, by the lake's own engine. Throws when the transaction conflicts.
 */
export function refusals(
  documents: readonly Stored[],
  mutations: readonly Mutation[],
  sender: Sender,
  guards: readonly Guard[] = newsroomGuards,
): string[] {
  const newsroom = newsroomInMemory(...documents)
  newsroom.commit(mutations)
  const now = sender.now.toISOString()
  const before = new Map(documents.map((document) => [document._id, asStored(document)]))
  const changed = [...new Set(mutations.map(idOf))]
  const after = new Map(
    newsroom.ids().map((id) => {
      const touched = changed.includes(id) ? {_updatedAt: now} : {}
      return [id, asStored({...newsroom.document(id), ...touched})]
    }),
  )
  const was = changed.flatMap((id) => before.get(id) ?? [])
  return changed.flatMap((id) =>
    guards
      .filter((guard) => {
        const run: QueryRun = {
          params: {
            id,
            userId: sender.userId,
            // A user has one role; the store knows no order of them.
            roles: [sender.role],
            now,
            was: was.map((document): JsonValue => document),
          },
          now: sender.now,
          identity: sender.userId,
          projectId: 'desk',
          dataset: 'news',
          everything: () => [...after.values()],
          document: (wanted) => after.get(wanted),
          prefetch() {},
          referrerCount: () => 0,
          delta: {before: before.get(id) ?? null, after: after.get(id) ?? null},
        }
        const asked = (expression: string) => ready(expression)(rootScope(run)) === true
        return asked(guard.applies) && !asked(guard.allows)
      })
      .map(({name}) => name),
  )
}

/** As a store holds it: without what JSON cannot say. */
function asStored(document: object | undefined): LakeDocument {
  const stored: JsonObject = JSON.parse(JSON.stringify(document))
  return {
    _createdAt: '2026-11-20T08:00:00.000Z',
    _updatedAt: '2026-11-20T10:00:00.000Z',
    _type: '',
    _rev: '',
    _id: '',
    ...stored,
  }
}
