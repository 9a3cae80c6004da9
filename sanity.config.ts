import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/inter/wght-italic.css'
import {defineConfig} from 'sanity'

import {studioSettings} from './studio/currentSettings.ts'
import {lakeConnection} from './studio/lakeConnection.ts'
import {newsroom} from './studio/newsroom.ts'
import {DatelineIcon} from './studio/page/DatelineIcon.tsx'

export default defineConfig({
  name: 'dateline',
  title: 'Dateline',
  icon: DatelineIcon,
  projectId: studioSettings.projectId,
  dataset: studioSettings.dataset,
  ...lakeConnection(studioSettings),
  plugins: [newsroom()],
  // What needs services that Dateline does not have, or what its own publishing replaces.
  releases: {enabled: false},
  scheduledDrafts: {enabled: false},
  scheduledPublishing: {enabled: false},
  tasks: {enabled: false},
  document: {comments: {enabled: false}, askToEdit: {enabled: false}},
  mediaLibrary: {enabled: false},
  announcements: {enabled: false},
  apps: {canvas: {enabled: false}},
})
