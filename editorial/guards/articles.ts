import {liveLeaseFilter} from '../breaking.ts'
import {actionsThat, type Step} from '../workflow.ts'
import {
  all,
  asItWas,
  growsByOneAtMost,
  hasRole,
  list,
  listed,
  same,
  storyBehind,
  touched,
} from './groq.ts'
import type {Guard} from './guard.ts'

const isPage = '$id in path("*") && "article" in [before()._type, after()._type]'
const action = `${touched('"editorial." + $id')}.history[-1].action`
const does = (...pages: NonNullable<Step['page']>[]) =>
  `${action} in ${listed(actionsThat(...pages))}`

const goesLive = `${isPage} && defined(after()) && ${does('made', 'replaced')}`
const draft = asItWas('"drafts." + $id')
/** What readers have seen of the story: on its page, or in its state while there is none. */
const seen = `coalesce(before(), ${asItWas('"editorial." + $id')}.record)`

/** The parts of a text that tell whether it is the same; references differ where they were strengthened. */
function wordsOf(story: string): string {
  return `{
    "headline": ${story}.headline, "shortHeadline": ${story}.shortHeadline, "standfirst": ${story}.standfirst,
    "slug": ${story}.slug.current, "language": ${story}.language, "byline": ${story}.byline,
    "lede": pt::text(${story}.lede),
    "sections": ${story}.sections[]{heading, "text": pt::text(body), "caption": figure.caption}
  }`
}

/** Guards of what readers see of stories. */
export const articleGuards: readonly Guard[] = [
  {
    name: 'publicationHasItsEntry',
    sentence:
      'What readers see of a story changes only together with the story’s history. Use Publish, Unpublish or Kill.',
    applies: isPage,
    allows: `select(
      !defined(before()) => ${does('made')},
      !defined(after()) => ${does('removed')},
      ${does('replaced', 'relabelled', 'buried')}
    )`,
  },
  {
    name: 'publishedTextIsTheDrafts',
    sentence:
      'What would go before readers is not what stands in the draft. Reload the story and publish it again.',
    applies: goesLive,
    allows: same(wordsOf('after()'), wordsOf(draft)),
  },
  {
    name: 'storyIsWhole',
    sentence:
      'The headline, the address, the lede or the language is missing. Write it before publishing.',
    applies: goesLive,
    allows: all(
      'length(after().headline) > 0',
      'length(after().slug.current) > 0',
      'count(after().lede) > 0',
      'length(after().language) > 0',
    ),
  },
  {
    name: 'addressIsFree',
    sentence: 'Another story has this address. Change a word of it.',
    applies: goesLive,
    allows:
      'count(*[_type == "article" && slug.current == after().slug.current && _id != $id && _id in path("*")]) == 0',
  },
  {
    name: 'updates',
    sentence:
      'Readers have seen the updates of this story: none can be changed or taken away, and the next has the next number. Publish the change as an update.',
    applies: goesLive,
    allows: all(
      `select(
        defined(before()) => ${growsByOneAtMost(list('after().updates'), list('before().updates'))},
        ${same(list('after().updates'), list(`${seen}.updates`))}
      )`,
      `count(after().updates) == count(before().updates) || !defined(before()) || !defined(after().updates)
        || after().updates[-1].number == coalesce(math::max(before().updates[].number), 0) + 1`,
    ),
  },
  {
    name: 'corrections',
    sentence:
      'Readers have seen the corrections of this story: none can be changed or taken away. Publish the change as a correction or a clarification.',
    applies: goesLive,
    allows: `select(
      defined(before()) => ${growsByOneAtMost(list('after().corrections'), list('before().corrections'))},
      ${same(list('after().corrections'), list(`${seen}.corrections`))}
    )`,
  },
  {
    name: 'firstPublishedAt',
    sentence:
      'When readers first saw this story never changes. Reload the story and publish it again.',
    applies: goesLive,
    allows: `select(
      defined(${seen}.firstPublishedAt) => after().firstPublishedAt == ${seen}.firstPublishedAt,
      after().firstPublishedAt <= $now
    )`,
  },
  {
    name: 'lastUpdatedAt',
    sentence:
      'A story cannot have been updated earlier than it was, or later than now. Reload the story and publish it again.',
    applies: goesLive,
    allows: all(
      `coalesce(after().lastUpdatedAt, "") >= coalesce(${seen}.lastUpdatedAt, "")`,
      `coalesce(after().lastUpdatedAt <= $now, true) || after().lastUpdatedAt == ${seen}.lastUpdatedAt`,
    ),
  },
  {
    name: 'previousSlugs',
    sentence:
      'Former addresses of a story go on leading to it. Reload the story and publish it again.',
    applies: goesLive,
    allows: all(
      // Each former address stays, or is the address again.
      `count(${list(`${seen}.previousSlugs`)}[!(@ in ${list('after().previousSlugs')}) && @ != after().slug.current]) == 0`,
      // Each one that is new was the address.
      `count(${list('after().previousSlugs')}[!(@ in ${list(`${seen}.previousSlugs`)}) && @ != ${seen}.slug.current]) == 0`,
      `!defined(${seen}.slug.current) || ${seen}.slug.current == after().slug.current || ${seen}.slug.current in ${list('after().previousSlugs')}`,
    ),
  },
  {
    name: 'updateFlag',
    sentence:
      'The update label comes with an update, and goes with Clear update label. Publish the change as an update.',
    applies: `${goesLive} && defined(before())`,
    allows: `select(
      count(after().updates) > count(before().updates) || (defined(after().updates) && !defined(before().updates)) => after().update == true,
      coalesce(after().update, false) == coalesce(before().update, false)
    )`,
  },
  {
    name: 'labelAlone',
    sentence: 'Clearing the update label changes nothing else. Publish the rest as a change.',
    applies: `${isPage} && ${does('relabelled')}`,
    allows: 'delta::changedOnly((update, _rev, _updatedAt)) && after().update == false',
  },
  {
    name: 'tombstone',
    sentence:
      'Of a killed story only its address, its language and the notice stay before readers. Use Kill.',
    applies: `${isPage} && defined(after()) && (defined(after().killed) || ${does('buried')})`,
    allows: all(
      does('buried'),
      'length(after().killed.notice) > 0 && after().killed.at <= $now',
      same(
        'after()',
        `{
          "_id": $id, "_type": "article", "_rev": after()._rev,
          "_createdAt": after()._createdAt, "_updatedAt": after()._updatedAt, "killed": after().killed,
          defined(before().slug) => {"slug": before().slug},
          defined(before().previousSlugs) => {"previousSlugs": before().previousSlugs},
          defined(before().language) => {"language": before().language}
        }`,
      ),
      `count(*[_type == "breakingNews" && article._ref == $id && ${liveLeaseFilter}]) == 0`,
    ),
  },
  textKept(),
]

/** A draft may go when it was published or when its live story has the words; else only if readers never saw any. */
function textKept(): Guard {
  const story = storyBehind('drafts.')
  const page = `*[_id == ${story}][0]`
  const state = asItWas(`"editorial." + ${story}`)
  return {
    name: 'textIsKept',
    sentence:
      'Only an editor deletes a story, and only one that readers never saw. Kill it, or leave it as a draft.',
    applies: '!defined(after()) && before()._type == "article" && $id in path("drafts.*")',
    allows: `(defined(${page}) && !defined(${page}.killed)) || ${all(
      `!defined(${page})`,
      `!defined(${asItWas(story)})`,
      `!defined(${state}.record)`,
      `coalesce(${state}.stage, "draft") != "killed"`,
      hasRole('editor'),
    )}`,
  }
}
