import {visionTool} from '@sanity/vision'
import {definePlugin} from 'sanity'
import {structureTool} from 'sanity/structure'

import {schemaTypes} from '../schemas/index.ts'
import {actionsFor} from './actions/actionsFor.ts'
import {badgesFor} from './badges/badgesFor.ts'
import {breakingTool} from './breakingDesk/breakingTool.ts'
import {apiVersion, studioSettings} from './currentSettings.ts'
import {inspectorsFor} from './inspectors/inspectorsFor.ts'
import {NewsroomLayout} from './NewsroomLayout.tsx'
import {NewsroomNavbar} from './NewsroomNavbar.tsx'
import {withStoryPreview} from './desk/storyPreview.ts'
import {documentViews} from './structure/documentViews.ts'
import {structure} from './structure/structure.ts'
import {isCreatable, withIcons} from './withIcons.ts'
import {StoryInput} from './workflow/StoryInput.tsx'
import {StoryLayout} from './workflow/StoryLayout.tsx'

/** Everything that makes the stock Studio a newsroom: types, lists, views, actions and badges. */
export const newsroom = definePlugin(() => ({
  name: 'dateline/newsroom',
  schema: {
    types: withStoryPreview(withIcons(schemaTypes)),
    templates: (templates) => templates.filter(({schemaType}) => isCreatable(schemaType)),
  },
  document: {
    actions: (stock, {schemaType}) => actionsFor(schemaType, stock),
    components: {unstable_layout: StoryLayout},
    badges: (stock, {schemaType}) => badgesFor(schemaType, stock),
    inspectors: (stock, {documentType}) => inspectorsFor(documentType, stock),
    newDocumentOptions: (options) => options.filter(({templateId}) => isCreatable(templateId)),
  },
  form: {components: {input: StoryInput}},
  studio: {components: {layout: NewsroomLayout, navbar: NewsroomNavbar}},
  // Beside the story lists, before the developers' tool.
  tools: (tools) => tools.toSpliced(1, 0, breakingTool),
  plugins: [
    structureTool({title: 'Newsroom', structure, defaultDocumentNode: documentViews}),
    visionTool({
      title: 'Vision',
      defaultApiVersion: apiVersion,
      defaultDataset: studioSettings.dataset,
    }),
  ],
}))
