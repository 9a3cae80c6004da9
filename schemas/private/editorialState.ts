import {defineArrayMember, defineField, defineType} from '@sanity/types'
import {stages} from '../objects/stages.ts'
import {storedTime} from '../objects/storedTime.ts'
import {counted, previewLine} from '../previews.ts'

/** Where a story stands, at `editorial.<articleId>`: beside it, so that moving a story never edits it. */
export const editorialState = defineType({
  name: 'editorialState',
  title: 'Where a story stands',
  type: 'document',
  liveEdit: true,
  readOnly: true,
  fields: [
    defineField({
      name: 'article',
      title: 'Story',
      type: 'reference',
      to: [{type: 'article'}],
      weak: true,
    }),
    defineField({name: 'stage', title: 'Stage', type: 'string', options: {list: [...stages]}}),
    defineField({
      name: 'approvedRevision',
      title: 'Approved text',
      type: 'string',
      description: 'Whatever was changed after this revision is not approved.',
    }),
    defineField({
      name: 'change',
      title: 'Change to the live story',
      type: 'string',
      options: {list: [{title: 'Waits for review', value: 'review'}]},
    }),
    storedTime({name: 'publishAt', title: 'Goes live at'}),
    defineField({name: 'assignee', title: 'Assigned to', type: 'string'}),
    storedTime({name: 'dueAt', title: 'Due'}),
    defineField({
      name: 'questions',
      title: 'Questions from the import',
      type: 'array',
      of: [defineArrayMember({type: 'importQuestion'})],
    }),
    defineField({name: 'lastFailure', title: 'Why it did not go live', type: 'text', rows: 2}),
    defineField({
      name: 'record',
      title: 'What readers have seen',
      type: 'storyRecord',
      description: 'Kept while the story is not before readers.',
    }),
    defineField({
      name: 'history',
      title: 'History',
      type: 'array',
      of: [defineArrayMember({type: 'historyEntry'})],
    }),
  ],
  preview: {
    select: {
      headline: 'article.headline',
      stage: 'stage',
      change: 'change',
      questions: 'questions',
    },
    prepare: ({headline, stage, change, questions}) => ({
      title: headline || 'A story that is gone',
      subtitle: previewLine(
        stages.find(({value}) => value === stage)?.title,
        change === 'review' && 'A change waits for review',
        Array.isArray(questions) && questions.length > 0 && counted(questions.length, 'question'),
      ),
    }),
  },
})
