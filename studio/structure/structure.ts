import {BoltIcon} from '@sanity/icons/Bolt'
import {CogIcon} from '@sanity/icons/Cog'
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {EarthGlobeIcon} from '@sanity/icons/EarthGlobe'
import {EditIcon} from '@sanity/icons/Edit'
import {TagIcon} from '@sanity/icons/Tag'
import {UserIcon} from '@sanity/icons/User'
import type {StructureResolver} from 'sanity/structure'

import {documentId} from '../../editorial/documents.ts'
import {apiVersion} from '../currentSettings.ts'

/** Stories have been before readers once `firstPublishedAt` is there: drafts of live stories carry it too. */
const live = '_type == "article" && defined(firstPublishedAt) && !defined(killed)'

/**
 * A list's query sees each story once, with the id that it came from as `_originalId`; its listener sees
 * plain documents without one and must let every change to a story pass, or the list would stand still.
 */
const drafts = '_type == "article" && (!defined(_originalId) || _originalId in path("drafts.**"))'

const newestFirst = [{field: '_updatedAt', direction: 'desc'}] as const

/** The newsroom's lists: stories by where they stand, breaking news, and what stories refer to. */
export const structure: StructureResolver = (S) => {
  const stories = (id: string, title: string, filter: string, icon: typeof EditIcon) =>
    S.listItem()
      .id(id)
      .title(title)
      .icon(icon)
      .child(
        S.documentList()
          .id(id)
          .title(title)
          .schemaType('article')
          .apiVersion(apiVersion)
          .filter(filter)
          .defaultOrdering([...newestFirst])
          .initialValueTemplates([S.initialValueTemplateItem('article')])
          .canHandleIntent(
            (intent, {type}) =>
              id === 'stories' && type === 'article' && ['create', 'edit'].includes(intent),
          ),
      )
  return S.list()
    .id('newsroom')
    .title('Newsroom')
    .items([
      stories('stories', 'All stories', '_type == "article"', DocumentTextIcon),
      stories('live', 'Live', live, EarthGlobeIcon),
      stories('drafts', 'Drafts and changes', drafts, EditIcon),
      S.divider(),
      S.listItem()
        .id('breaking')
        .title('Breaking news')
        .icon(BoltIcon)
        .child(
          S.documentTypeList('breakingNews')
            .title('Breaking news')
            .defaultOrdering([{field: 'startsAt', direction: 'desc'}])
            .initialValueTemplates([]),
        ),
      S.divider(),
      S.documentTypeListItem('author').title('Authors').icon(UserIcon),
      S.documentTypeListItem('topic').title('Topics').icon(TagIcon),
      S.divider(),
      S.listItem()
        .id(documentId.siteSettings)
        .title('Settings')
        .icon(CogIcon)
        .child(
          S.document()
            .id(documentId.siteSettings)
            .documentId(documentId.siteSettings)
            .schemaType('siteSettings')
            .title('Settings'),
        ),
    ])
}
