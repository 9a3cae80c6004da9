import type {ChildResolver, StructureBuilder, StructureResolver} from 'sanity/structure'

import {documentId} from '../../editorial/documents.ts'
import {deskLists, type DeskList} from '../../queries/desk.ts'
import {apiVersion} from '../currentSettings.ts'
import {DeskListPane} from '../desk/DeskListPane.tsx'
import {DeskPane} from '../desk/DeskPane.tsx'
import {deskTitles} from '../desk/deskTitles.ts'

/** As wide as Sanity's own lists. */
const width = {minWidth: 320, currentMaxWidth: 350, maxWidth: 640}

/**
 * The desk with its lists, and everything else that the newsroom keeps. The desk's lists are panes of our own: a story's
 * stage is another document, so Sanity's lists, which ask and listen for one document at a time, could neither show it nor
 * hear of it. All other lists are Sanity's.
 */
export const structure: StructureResolver = (S) =>
  S.component(DeskPane)
    .id('desk')
    .title('Desk')
    .minWidth(width.minWidth)
    .currentMaxWidth(width.currentMaxWidth)
    .maxWidth(width.maxWidth)
    .child(listNamed(S))

function listNamed(S: StructureBuilder): ChildResolver {
  return (id) => {
    const deskList = deskLists.find((name) => name === id)
    if (deskList !== undefined) return storiesOf(S, deskList)
    switch (id) {
      case 'stories':
        return S.documentTypeList('article')
          .id(id)
          .title('Stories')
          .apiVersion(apiVersion)
          .defaultOrdering([{field: '_updatedAt', direction: 'desc'}])
      case 'author':
        return S.documentTypeList('author').title('Authors')
      case 'topic':
        return S.documentTypeList('topic').title('Topics')
      case documentId.siteSettings:
        return S.document()
          .id(documentId.siteSettings)
          .documentId(documentId.siteSettings)
          .schemaType('siteSettings')
          .title('Settings')
      default:
        return undefined
    }
  }
}

function storiesOf(S: StructureBuilder, deskList: DeskList) {
  return S.component(DeskListPane)
    .id(deskList)
    .title(deskTitles[deskList].title)
    .minWidth(width.minWidth)
    .currentMaxWidth(width.currentMaxWidth)
    .maxWidth(width.maxWidth)
    .child((storyId) => S.defaultDocument({schemaType: 'article', documentId: storyId}))
}
