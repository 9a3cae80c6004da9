import {EyeOpenIcon} from '@sanity/icons/EyeOpen'
import type {DefaultDocumentNodeResolver} from 'sanity/structure'

import {StoryPreview} from '../preview/StoryPreview.tsx'

export const previewViewId = 'preview'

/** A story opens with its preview beside the form; everything else is a form. */
export const documentViews: DefaultDocumentNodeResolver = (S, {schemaType}) =>
  schemaType === 'article'
    ? S.document()
        .views([
          S.view.form().id('editor'),
          S.view.component(StoryPreview).id(previewViewId).title('Preview').icon(EyeOpenIcon),
        ])
        .defaultPanes(['editor', previewViewId])
    : S.document().views([S.view.form()])
