import {readStudioSettings} from './settings.ts'

/** The settings of this build. Written out, because the build replaces exactly these expressions by their values. */
export const studioSettings = readStudioSettings({
  lake: process.env.SANITY_STUDIO_LAKE,
  projectId: process.env.SANITY_STUDIO_PROJECT_ID,
  dataset: process.env.SANITY_STUDIO_DATASET,
})

/** The Content Lake API version that the Studio's own requests speak. */
export const apiVersion = '2025-02-19'
