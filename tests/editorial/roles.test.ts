import {evaluate, parse} from 'groq-js'
import {describe, expect, test} from 'vitest'
import {atLeast, newsroomRoles, roleNames} from '../../editorial/roles.ts'
import type {Permission} from '../../schemas/roles.ts'

/** One document of each kind that grants tell apart. */
const documents = {
  'a story’s draft': {_id: 'drafts.kerry', _type: 'article'},
  'a live story': {_id: 'kerry', _type: 'article'},
  'a story in a release': {_id: 'versions.r1.kerry', _type: 'article'},
  'a picture': {_id: 'image-abc-1x1-jpg', _type: 'sanity.imageAsset'},
  'a file': {_id: 'file-abc-pdf', _type: 'sanity.fileAsset'},
  'an author': {_id: 'ann', _type: 'author'},
  'a topic’s draft': {_id: 'drafts.syria', _type: 'topic'},
  'where a story stands': {_id: 'editorial.kerry', _type: 'editorialState'},
  'an import receipt': {_id: 'newsroom.receipt.kerry', _type: 'importReceipt'},
  'breaking news': {_id: 'lease-1', _type: 'breakingNews'},
  'a lease’s log': {_id: 'newsroom.lease.lease-1', _type: 'breakingLog'},
  'the breaking desk': {_id: 'newsroom.breakingDesk', _type: 'breakingDesk'},
  settings: {_id: 'siteSettings', _type: 'siteSettings'},
  'settings’ draft': {_id: 'drafts.siteSettings', _type: 'siteSettings'},
  'a member': {_id: 'newsroom.member.ann', _type: 'newsroomMember'},
  webhooks: {_id: 'newsroom.webhooks', _type: 'newsroomWebhooks'},
  'a release': {_id: '_.releases.r1', _type: 'system.release'},
  'a forged state': {_id: 'kerry', _type: 'editorialState'},
  'a forged desk': {_id: 'desk', _type: 'breakingDesk'},
  'a forged story': {_id: 'editorial.kerry', _type: 'article'},
}

async function allowed(role: string, permission: Permission): Promise<string[]> {
  const grants = newsroomRoles.find(({name}) => name === role)?.grants ?? []
  const names: string[] = []
  for (const [name, document] of Object.entries(documents)) {
    for (const {filter, permissions} of grants) {
      if (!permissions.includes(permission)) continue
      // As the Studio asks in the browser: a query over the one document.
      const value = await evaluate(parse(`*[${filter}]`), {dataset: [document]})
      const found: unknown = await value.get()
      if (Array.isArray(found) && found.length === 1 && !names.includes(name)) names.push(name)
    }
  }
  return names.sort()
}

/** What each role may write beyond the one before it. */
const writes = {
  viewer: [],
  reporter: ['a file', 'a picture', 'a story’s draft', 'where a story stands'],
  editor: ['a live story', 'a topic’s draft', 'an author', 'an import receipt'],
  publisher: ['a lease’s log', 'breaking news', 'the breaking desk'],
  administrator: [
    'a forged desk',
    'a forged state',
    'a forged story',
    'a member',
    'a release',
    'a story in a release',
    'settings',
    'settings’ draft',
    'webhooks',
  ],
}

describe('by the grants', () => {
  test.each(roleNames)(
    'a %s creates and changes what the role is for, and no more',
    async (role) => {
      const expected = roleNames
        .slice(0, roleNames.indexOf(role) + 1)
        .flatMap((name) => writes[name])
        .sort()
      expect(await allowed(role, 'create')).toEqual(expected)
      expect(await allowed(role, 'update')).toEqual(expected)
    },
  )

  test.each(roleNames)('a %s reads everything, the system’s own documents aside', async (role) => {
    const read = await allowed(role, 'read')
    const everything = Object.keys(documents).sort()
    expect(read).toEqual(
      everything.filter((name) => role === 'administrator' || name !== 'a release'),
    )
    expect(await allowed(role, 'history')).toEqual(read)
  })

  test('only an administrator manages and rewrites history', async () => {
    for (const role of roleNames) {
      const count = role === 'administrator' ? Object.keys(documents).length : 0
      expect([
        (await allowed(role, 'manage')).length,
        (await allowed(role, 'editHistory')).length,
      ]).toEqual([count, count])
    }
  })
})

test('a role may what is asked of it or of one before it', () => {
  expect([
    atLeast('editor', 'reporter'),
    atLeast('editor', 'editor'),
    atLeast('editor', 'publisher'),
    atLeast('viewer', 'viewer'),
    atLeast('nobody', 'viewer'),
    atLeast('', 'viewer'),
  ]).toEqual([true, true, false, true, false, false])
})
