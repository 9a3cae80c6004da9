import {rm} from 'node:fs/promises'

import {expect, test} from 'vitest'

import {buildStudio} from '../../scripts/product/studioBuild.ts'
import type {LakeSettings} from '../../scripts/config.ts'
import {allBytes} from '../lake/support/allBytes.ts'

/** Settings that no build was made with before. */
function newSettings(): LakeSettings {
  return {
    lake: 'embedded',
    projectId: `build${Date.now().toString(36)}`,
    dataset: 'production',
    token: 'token-that-stays-here',
    logLevel: 'info',
    studioDevelopmentServer: undefined,
    webhooks: {secret: () => undefined, allowPrivate: false},
  }
}

test(
  'two that need the same build make it once; no other setting has a say in it',
  {timeout: 180_000},
  async () => {
    const settings = newSettings()
    const announced: string[] = []
    const announce = (sentence: string) => announced.push(sentence)
    process.env['SANITY_STUDIO_STRAY'] = 'stray-value-of-a-test'
    process.env['DATELINE_TOKEN'] = settings.token
    const [folder, other] = await Promise.all([
      buildStudio(settings, {announce}),
      buildStudio(settings, {announce}),
    ])
    expect(other).toBe(folder)
    expect(announced.toSorted()).toEqual([
      'Building the Studio (its sources or settings changed) …',
      'Waiting for another build of the Studio to end …',
    ])

    process.env['SANITY_STUDIO_STRAY'] = 'another'
    expect(await buildStudio(settings, {announce})).toBe(folder)
    expect(announced).toHaveLength(2)
    const bundle = await allBytes(folder)
    expect(bundle).toContain(settings.projectId)
    expect(bundle).not.toContain('stray-value-of-a-test')
    expect(bundle).not.toContain(settings.token)
    await rm(folder, {recursive: true})
  },
)

test('a build that is stopped leaves nothing to serve, and the turn to the next', async () => {
  const settings = newSettings()
  const stopping = new AbortController()
  const announced: string[] = []
  const build = buildStudio(settings, {
    stopping: stopping.signal,
    announce(sentence) {
      announced.push(sentence)
      if (sentence.startsWith('Building')) setImmediate(() => stopping.abort())
    },
  })
  await expect(build).rejects.toThrow('The operation was aborted')
  expect(announced).toContain('Building the Studio (its sources or settings changed) …')

  // Were it there, it would be answered at once.
  const again = new AbortController()
  again.abort()
  await expect(
    buildStudio(settings, {stopping: again.signal, announce: () => undefined}),
  ).rejects.toThrow('The operation was aborted')
})
