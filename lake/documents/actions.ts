import {z} from 'zod'

import {isJsonObject, type JsonObject, type LakeDocument} from './document.ts'
import {faults, TransactionFault} from './fault.ts'
import {groupIdOf, kindOf} from './ids.ts'
import {parsePatch} from './patch.ts'
import {strengthened} from './references.ts'
import type {WorkingCopy} from './workingCopy.ts'

const attributes = z.record(z.string(), z.json())

const actionModel = z.discriminatedUnion('actionType', [
  z.object({
    actionType: z.literal('sanity.action.document.create'),
    publishedId: z.string(),
    attributes,
    ifExists: z.enum(['fail', 'ignore']).default('fail'),
  }),
  z.object({
    actionType: z.literal('sanity.action.document.edit'),
    draftId: z.string(),
    publishedId: z.string(),
    patch: attributes,
  }),
  z.object({
    actionType: z.literal('sanity.action.document.publish'),
    draftId: z.string(),
    publishedId: z.string(),
    ifDraftRevisionId: z.string().optional(),
    ifPublishedRevisionId: z.string().optional(),
  }),
  z.object({
    actionType: z.literal('sanity.action.document.unpublish'),
    draftId: z.string(),
    publishedId: z.string(),
  }),
  z.object({actionType: z.literal('sanity.action.document.discard'), draftId: z.string()}),
  z.object({
    actionType: z.literal('sanity.action.document.version.discard'),
    versionId: z.string(),
  }),
  z.object({
    actionType: z.literal('sanity.action.document.replaceDraft'),
    publishedId: z.string(),
    attributes,
  }),
  z.object({
    actionType: z.literal('sanity.action.document.delete'),
    publishedId: z.string(),
    includeDrafts: z.array(z.string()).default([]),
  }),
])

type Action = z.infer<typeof actionModel>

/**
 * Runs one document action on the working copy, as the mutations that it stands for (HTTP API, "Actions").
 * Throws `TransactionFault`.
 */
export async function runAction(value: unknown, copy: WorkingCopy): Promise<void> {
  const action = parseAction(value)
  if ('publishedId' in action) requirePublishedId(action.publishedId)
  switch (action.actionType) {
    case 'sanity.action.document.create':
      return await create(action, copy)
    case 'sanity.action.document.edit':
      return await edit(action, copy)
    case 'sanity.action.document.publish':
      return await publish(action, copy)
    case 'sanity.action.document.unpublish':
      return await unpublish(action, copy)
    case 'sanity.action.document.discard':
      return await discard(action.draftId, copy)
    case 'sanity.action.document.version.discard':
      return await discard(action.versionId, copy)
    case 'sanity.action.document.replaceDraft':
      return await replaceDraft(action, copy)
    case 'sanity.action.document.delete':
      return await deleteGroup(action, copy)
  }
}

/** The groups of documents that an action names, whatever it does with them. */
export function groupsOf(action: unknown): string[] {
  if (!isJsonObject(action)) return []
  const {publishedId, draftId, versionId} = action
  return [publishedId, draftId, versionId].flatMap((id) =>
    typeof id === 'string' ? [groupIdOf(id)] : [],
  )
}

function parseAction(value: unknown): Action {
  const parsed = actionModel.safeParse(value)
  if (parsed.success) return parsed.data
  const named = z.object({actionType: z.string()}).safeParse(value)
  if (!named.success) {
    throw faults.malformed('An action must be an object with an "actionType".')
  }
  const issue = parsed.error.issues[0]
  throw faults.malformed(
    issue?.code === 'invalid_union'
      ? `The action "${named.data.actionType}" is not available here.`
      : `The action cannot be read: ${issue?.path.join('.') || 'actionType'}: ${issue?.message ?? 'malformed'}`,
  )
}

type Of<Name extends string> = Extract<Action, {actionType: `sanity.action.document.${Name}`}>

async function create(action: Of<'create'>, copy: WorkingCopy): Promise<void> {
  const {publishedId, ifExists} = action
  const draftId = `drafts.${publishedId}`
  if (await copy.get(publishedId)) throw faults.alreadyExists(publishedId)
  if (await copy.get(draftId)) {
    if (ifExists === 'ignore') return
    throw faults.alreadyExists(draftId)
  }
  const {_id} = action.attributes
  if (typeof _id === 'string' && _id !== publishedId) requireVersionOf(_id, publishedId)
  await copy.create(action.attributes, draftId)
}

async function edit(action: Of<'edit'>, copy: WorkingCopy): Promise<void> {
  const {draftId, publishedId} = action
  requireVersionOf(draftId, publishedId)
  if ((await copy.get(draftId)) === undefined) {
    const published = await copy.get(publishedId)
    if (published === undefined) throw faults.notFound(publishedId)
    await copy.create(withoutUpdateTime(published), draftId)
  }
  await copy.patch(draftId, parsePatch(action.patch))
}

async function publish(action: Of<'publish'>, copy: WorkingCopy): Promise<void> {
  const {draftId, publishedId, ifDraftRevisionId, ifPublishedRevisionId} = action
  requireVersionOf(draftId, publishedId)
  const draft = await copy.get(draftId)
  if (draft === undefined) throw faults.notFound(draftId)
  const published = await copy.get(publishedId)
  requireRevision(draft, draftId, ifDraftRevisionId)
  requireRevision(published, publishedId, ifPublishedRevisionId)
  const body = strengthened(withoutUpdateTime(draft))
  await copy.createOrReplace(attributes.parse(body), publishedId)
  await copy.delete(draftId)
}

async function unpublish(action: Of<'unpublish'>, copy: WorkingCopy): Promise<void> {
  const {draftId, publishedId} = action
  requireVersionOf(draftId, publishedId)
  const published = await copy.get(publishedId)
  if (published === undefined) throw faults.notFound(publishedId)
  await copy.createIfNotExists(withoutUpdateTime(published), draftId)
  await copy.delete(publishedId)
}

async function discard(id: string, copy: WorkingCopy): Promise<void> {
  if (kindOf(id) === 'published') {
    throw faults.malformed(`Only a draft or a version can be discarded, and "${id}" is neither.`)
  }
  if ((await copy.get(id)) === undefined) throw faults.notFound(id)
  await copy.delete(id)
}

async function replaceDraft(action: Of<'replaceDraft'>, copy: WorkingCopy): Promise<void> {
  const draftId = `drafts.${action.publishedId}`
  const existing = (await copy.get(draftId)) ?? (await copy.get(action.publishedId))
  if (existing === undefined) throw faults.notFound(draftId)
  await copy.createOrReplace({...action.attributes, _createdAt: existing._createdAt}, draftId)
}

async function deleteGroup(action: Of<'delete'>, copy: WorkingCopy): Promise<void> {
  const {publishedId, includeDrafts} = action
  if ((await copy.get(publishedId)) === undefined) throw faults.notFound(publishedId)
  for (const id of includeDrafts) requireVersionOf(id, publishedId)
  const group = await copy.group(publishedId)
  const unlisted = group.find((id) => id !== publishedId && !includeDrafts.includes(id))
  if (unlisted !== undefined) {
    throw new TransactionFault(409, {
      type: 'documentVersionExistsError',
      id: unlisted,
      description: `Document "${publishedId}" cannot be deleted while "${unlisted}" exists. List it in includeDrafts to delete both.`,
    })
  }
  for (const id of includeDrafts) await copy.delete(id)
  await copy.delete(publishedId)
}

function requirePublishedId(id: string): void {
  if (kindOf(id) === 'published') return
  throw faults.malformed(`"${id}" is no published id, which "publishedId" must be.`)
}

function requireVersionOf(draftId: string, publishedId: string): void {
  if (kindOf(draftId) !== 'published' && groupIdOf(draftId) === publishedId) return
  throw faults.malformed(`"${draftId}" is not a draft or version of "${publishedId}".`)
}

function requireRevision(
  document: LakeDocument | undefined,
  id: string,
  expected: string | undefined,
): void {
  if (expected === undefined || document?._rev === expected) return
  throw faults.revision(id, document?._rev, expected)
}

/** A copy's time of change is its own; when it was first made stays with the story. */
function withoutUpdateTime(document: LakeDocument): JsonObject {
  const {_updatedAt, _rev, ...rest} = document
  return rest
}
