import type {LakeSettings} from '../config.ts'

/**
 * What the Studio's bundle is told: these three and no other `SANITY_STUDIO_*` variable, so that a stray one
 * neither causes a build nor ends up where everybody can read it.
 */
export function studioSettings(settings: LakeSettings): {[name: string]: string} {
  return {
    SANITY_STUDIO_LAKE: settings.lake,
    SANITY_STUDIO_PROJECT_ID: settings.projectId,
    SANITY_STUDIO_DATASET: settings.dataset,
  }
}

/**
 * The environment in which Sanity's command line builds or serves the Studio: the bundle's settings, no token, and
 * the command line's own requests (newer versions of itself, a report of its use) turned off.
 */
export function studioToolEnvironment(
  settings: LakeSettings,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const harmless = Object.entries(environment).filter(
    ([name]) => name !== 'DATELINE_TOKEN' && !name.startsWith('SANITY_STUDIO_'),
  )
  return {
    ...Object.fromEntries(harmless),
    ...studioSettings(settings),
    DO_NOT_TRACK: '1',
    NO_UPDATE_NOTIFIER: '1',
  }
}
