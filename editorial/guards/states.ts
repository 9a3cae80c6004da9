import {needs, noLiveLeaseOnStory, type Need} from '../needs.ts'
import {
  actions,
  actionsThat,
  workflow,
  workflowActions,
  type Step,
  type WorkflowAction,
} from '../workflow.ts'
import {
  all,
  asItWas,
  growsByOne,
  hasRole,
  knowing,
  list,
  listed,
  same,
  storyBehind,
} from './groq.ts'
import type {Guard} from './guard.ts'

const story = storyBehind('editorial.')
const page = `*[_id == ${story}][0]`
const pageBefore = asItWas(story)
const entry = 'after().history[-1]'

/** Where the story stood: what readers saw decides, as in `stageOf`. */
const from = `select(
  defined(${pageBefore}) && (defined(${pageBefore}.killed) || before().stage == "killed") => "killed",
  defined(${pageBefore}) => "live",
  coalesce(before().stage, "live") == "live" => "draft",
  before().stage
)`

const names = {story, entry, from, draft: asItWas(`"drafts." + ${story}`)}
const isState = 'after()._type == "editorialState"'

/** Guards of where stories stand, most of them made of the table in `workflow.ts`. */
export const stateGuards: readonly Guard[] = [
  {
    name: 'history',
    sentence:
      'A story moves by one line of its history at a time, in the name of whoever moves it. Use the newsroom’s own buttons.',
    applies: isState,
    allows: all(
      growsByOne('after().history', list('before().history')),
      `${entry}.by == $userId`,
      `after().article._ref == ${story}`,
    ),
  },
  {
    name: 'step',
    sentence:
      'From where this story stands now it cannot take this step. Somebody may have moved it meanwhile: look at it again.',
    applies: isState,
    allows: knowing(names, `entry.from == from && entry.to == after().stage && (${steps()})`),
  },
  ...workflowActions.flatMap(roleGuards),
  ...Object.entries(needs).flatMap(([need, {store}]) => (store ? needGuards(need, store) : [])),
  {
    name: 'stageAndPage',
    sentence:
      'Where a story stands and what readers see of it change together. Use the newsroom’s own buttons.',
    applies: isState,
    allows: `select(
      after().stage == "live" => defined(${page}) && !defined(${page}.killed),
      after().stage == "killed" => !defined(${page}) || defined(${page}.killed),
      !defined(${page})
    )`,
  },
  {
    name: 'killWithdraws',
    sentence:
      'This story went up as breaking news while you were killing it. Kill it again, and the banner is withdrawn with it.',
    applies: `${isState} && after().stage == "killed" && coalesce(before().stage != "killed", true)`,
    allows: knowing({story}, noLiveLeaseOnStory),
  },
  {
    name: 'approval',
    sentence:
      'The text changed while you were approving it. Read it again, and approve it when it stands.',
    applies: `${isState} && defined(after().approvedRevision)`,
    allows: `select(
      ${entry}.action == "approve" => after().approvedRevision == *[_id == "drafts." + ${story}][0]._rev,
      after().approvedRevision == before().approvedRevision
    )`,
  },
  keptUnless(
    'publishAt',
    ['schedule'],
    'Only scheduling a story sets the time at which it goes live.',
  ),
  keptUnless('change', ['submitChange'], 'Only submitting a change makes it wait for review.'),
  keptUnless('assignee', ['assign'], 'Only assigning a story changes who looks after it.'),
  keptUnless('dueAt', ['assign'], 'Only assigning a story changes when it is due.'),
  {
    name: 'record',
    sentence:
      'What readers have seen of a story cannot be rewritten. It is kept when the story is taken down, and used when it is published again.',
    applies: `${isState} && (defined(before().record) || defined(after().record))`,
    allows: `select(
      ${entry}.action in ${listed(actionsThat('made'))} => !defined(after().record),
      ${entry}.from == "live" && ${entry}.action in ["kill", "unpublish"] => ${all(
        same('after().record.updates', `${pageBefore}.updates`),
        same('after().record.corrections', `${pageBefore}.corrections`),
        same('after().record.previousSlugs', `${pageBefore}.previousSlugs`),
        same('after().record.firstPublishedAt', `${pageBefore}.firstPublishedAt`),
        same('after().record.lastUpdatedAt', `${pageBefore}.lastUpdatedAt`),
        same('after().record.slug', `${pageBefore}.slug`),
      )},
      ${same('after().record', 'before().record')}
    )`,
  },
  {
    name: 'stateStays',
    sentence:
      'Where a story stands is told as long as there is the story. Delete the story itself, if readers never saw it.',
    applies: '!defined(after()) && before()._type == "editorialState"',
    allows: all(
      `!defined(${page})`,
      `!defined(*[_id == "drafts." + ${story}][0])`,
      '!defined(before().record)',
      hasRole('editor'),
    ),
  },
]

function steps(): string {
  return workflow.map((step) => `(${isStep(step)} && entry.to == "${step.to}")`).join(' || ')
}

function isStep({action, from: stages}: Pick<Step, 'action' | 'from'>): string {
  return `entry.action == "${action}" && from in ${listed(stages)}`
}

/** One guard for each role that an action takes, so that the sentence can name it. */
function roleGuards(action: WorkflowAction): Guard[] {
  const rows = workflow.filter((step) => step.action === action)
  const leasts = [...new Set(rows.map(({least}) => least))]
  return leasts.map((least) => ({
    name: `role.${action}.${least}`,
    sentence: `You cannot ${actions[action].do}: that takes the role ${least}. Ask somebody who has it.`,
    applies: `${isState} && ${knowing(
      names,
      rows
        .filter((step) => step.least === least)
        .map((step) => `(${isStep(step)})`)
        .join(' || '),
    )}`,
    allows: hasRole(least),
  }))
}

function needGuards(need: string, store: {holds: string; sentence: string}): Guard[] {
  const rows = workflow.filter((step) => step.needs.some((name: Need) => name === need))
  if (rows.length === 0) return []
  return [
    {
      name: `need.${need}`,
      sentence: store.sentence,
      applies: `${isState} && ${knowing(names, rows.map((step) => `(${isStep(step)})`).join(' || '))}`,
      allows: knowing(names, store.holds),
    },
  ]
}

/** A field that only some actions may set; every action may clear it, when it no longer holds. */
function keptUnless(field: string, actions: readonly WorkflowAction[], sentence: string): Guard {
  return {
    name: `state.${field}`,
    sentence,
    applies: `${isState} && defined(after().${field}) && coalesce(after().${field} != before().${field}, true)`,
    allows: `${entry}.action in ${listed(actions)}`,
  }
}
