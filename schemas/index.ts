import type {SchemaTypeDefinition} from '@sanity/types'
import {article} from './documents/article.ts'
import {author} from './documents/author.ts'
import {breakingNews} from './documents/breakingNews.ts'
import {siteSettings} from './documents/siteSettings.ts'
import {topic} from './documents/topic.ts'
import {articleUpdate} from './objects/articleUpdate.ts'
import {correction} from './objects/correction.ts'
import {dateline} from './objects/dateline.ts'
import {embed} from './objects/embed.ts'
import {figureWithCaption} from './objects/figureWithCaption.ts'
import {historyEntry} from './objects/historyEntry.ts'
import {importQuestion} from './objects/importQuestion.ts'
import {leaseLogEntry} from './objects/leaseLogEntry.ts'
import {portableText} from './objects/portableText.ts'
import {pullQuote} from './objects/pullQuote.ts'
import {section} from './objects/section.ts'
import {source} from './objects/source.ts'
import {storyRecord} from './objects/storyRecord.ts'
import {breakingDesk} from './private/breakingDesk.ts'
import {breakingLog} from './private/breakingLog.ts'
import {editorialState} from './private/editorialState.ts'
import {importReceipt} from './private/importReceipt.ts'
import {newsroomMember} from './private/newsroomMember.ts'
import {newsroomWebhooks} from './private/newsroomWebhooks.ts'
import {webhookDelivery} from './private/webhookDelivery.ts'

const publicDocuments = [article, breakingNews, author, topic, siteSettings]

/** Records beside the stories. The Studio's search leaves them out: who looks for words looks for a story. */
const privateDocuments = [
  editorialState,
  breakingLog,
  breakingDesk,
  importReceipt,
  newsroomMember,
  newsroomWebhooks,
  webhookDelivery,
].map((type) => ({...type, __experimental_omnisearch_visibility: false}))

const objects = [
  section,
  figureWithCaption,
  articleUpdate,
  correction,
  source,
  dateline,
  portableText,
  pullQuote,
  embed,
  historyEntry,
  importQuestion,
  leaseLogEntry,
  storyRecord,
]

/** Every type of the newsroom, for the Studio, for extraction and for validation on the server. */
export const schemaTypes: SchemaTypeDefinition[] = [
  ...publicDocuments,
  ...privateDocuments,
  ...objects,
]

/** Names of the document types that anyone may read once published. */
export const publicDocumentTypes: readonly string[] = publicDocuments.map(({name}) => name)

/** Names of the document types whose ids hold a dot, so that no anonymous reader ever sees them. */
export const privateDocumentTypes: readonly string[] = privateDocuments.map(({name}) => name)

/** Names of the types that stand inside documents. */
export const objectTypes: readonly string[] = objects.map(({name}) => name)

/** Names of the types of which there is exactly one document. */
export const singletons: readonly string[] = ['siteSettings', 'breakingDesk', 'newsroomWebhooks']
