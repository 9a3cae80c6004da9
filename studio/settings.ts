import {z} from 'zod'

/** Which lake the Studio talks to, and as which project and dataset. */
export type StudioSettings = {
  lake: 'embedded' | 'hosted'
  projectId: string
  dataset: string
}

/** A `SANITY_STUDIO_*` setting that cannot be used; the message is a sentence that names it. */
export class StudioSettingsError extends Error {
  override readonly name = 'StudioSettingsError'
  readonly code = 'studioSettings'
}

const lake = z.enum(['embedded', 'hosted'], {
  error: 'SANITY_STUDIO_LAKE must be "embedded" or "hosted".',
})
const projectId = z.string().regex(/^[a-z0-9]+$/, {
  error: 'SANITY_STUDIO_PROJECT_ID may hold only the letters a to z and digits.',
})
const dataset = z.string().regex(/^[a-z0-9][-_a-z0-9]{0,63}$/, {
  error:
    'SANITY_STUDIO_DATASET must start with a letter or digit and hold at most 64 of a to z, 0 to 9, - and _.',
})

/**
 * Reads the settings that are baked into the bundle; an empty one counts as missing.
 * Throws `StudioSettingsError` for the first that cannot be used, and for a hosted lake without a project.
 */
export function readStudioSettings(given: {
  lake: string | undefined
  projectId: string | undefined
  dataset: string | undefined
}): StudioSettings {
  const which = parsed(lake, given.lake || 'embedded')
  if (which === 'hosted' && !given.projectId) {
    throw new StudioSettingsError(
      'With SANITY_STUDIO_LAKE=hosted, SANITY_STUDIO_PROJECT_ID must name your Sanity project.',
    )
  }
  return {
    lake: which,
    projectId: parsed(projectId, given.projectId || 'dateline'),
    dataset: parsed(dataset, given.dataset || 'production'),
  }
}

function parsed<Value>(model: z.ZodType<Value>, value: string): Value {
  const result = model.safeParse(value)
  if (result.success) return result.data
  throw new StudioSettingsError(result.error.issues[0]?.message ?? 'A setting cannot be read.')
}
