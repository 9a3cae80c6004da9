import {defineCliConfig} from 'sanity/cli'

import {studioSettings} from './studio/currentSettings.ts'
import {studioPage} from './studio/page/studioPage.ts'

export default defineCliConfig({
  api: {projectId: studioSettings.projectId, dataset: studioSettings.dataset},
  project: {basePath: '/studio'},
  deployment: {autoUpdates: false},
  vite: {plugins: [studioPage()]},
})
