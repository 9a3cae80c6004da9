import {usePaneRouter} from 'sanity/structure'

import {previewViewId} from '../structure/documentViews.ts'
import {wrapping} from './wrapped.ts'

/**
 * An action that stands once a story. The preview opens beside the form, and the Studio gives each pane a footer with
 * all actions: two Publish buttons for one story. The preview has none while the form is there.
 */
export const besideForm = wrapping((action) => {
  return function BesideForm(props) {
    const {params, hasGroupSiblings} = usePaneRouter()
    const description = action(props)
    return hasGroupSiblings && params?.['view'] === previewViewId ? null : description
  }
})
