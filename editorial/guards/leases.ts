import {liveLeaseFilter, longestLeaseMinutes} from '../breaking.ts'
import {all, growsByOne, hasRole, list, touched} from './groq.ts'
import type {Guard} from './guard.ts'

const isLease = '"breakingNews" in [before()._type, after()._type]'
/** It leads to a story to which it did not lead before. */
const leadsElsewhere = `${isLease} && defined(after().article._ref) && coalesce(before().article._ref != after().article._ref, true)`
const log = touched('"newsroom.lease." + $id')
const desk = touched('"newsroom.breakingDesk"')
const wasNotOver =
  '$now < before().until && !defined(before().endedAt) && !defined(before().withdrawn)'

/** Guards of breaking news: every step stands in its log and moves the desk. */
export const leaseGuards: readonly Guard[] = [
  {
    name: 'leaseIsLogged',
    sentence:
      'Breaking news changes only together with its log and the breaking desk, in the name of whoever changes it. Use the buttons of the breaking desk.',
    applies: isLease,
    allows: all(
      hasRole('publisher'),
      'defined(after())',
      `${log}.log[-1].by == $userId`,
      `${desk}.changedBy == $userId`,
    ),
  },
  {
    name: 'leaseStarts',
    sentence:
      'Breaking news starts now and ends within 12 hours. What starts later is planned, at the breaking desk.',
    applies: `${isLease} && !defined(before())`,
    allows: 'after().startsAt <= $now && !defined(after().endedAt) && !defined(after().withdrawn)',
  },
  {
    name: 'leaseEnds',
    sentence: 'Breaking news ends after it starts, and within 12 hours. Choose an end in between.',
    applies: `${isLease} && defined(after())`,
    allows: `after().until > after().startsAt
      && dateTime(after().until) - dateTime(after().startsAt) <= ${longestLeaseMinutes * 60}`,
  },
  {
    name: 'leaseIsOver',
    sentence: 'This breaking news is over. Break the story again if it still is news.',
    applies: `${isLease} && defined(before()) && defined(after())`,
    allows: all(
      wasNotOver,
      'delta::changedOnly((until, level, article, endedAt, withdrawn, _rev, _updatedAt))',
    ),
  },
  {
    name: 'oneLeaseAStory',
    sentence:
      'This story is up as breaking news already. Extend that instead of adding a second one.',
    applies: leadsElsewhere,
    allows: `count(*[_type == "breakingNews" && article._ref == after().article._ref && ${liveLeaseFilter}]) <= 1`,
  },
  {
    name: 'leaseOfKilledStory',
    sentence:
      'This story was killed, so breaking news does not speak of it. Put up a flash without it.',
    applies: leadsElsewhere,
    allows: all(
      `!defined(*[_id == after().article._ref][0].killed)`,
      `coalesce(*[_id == "editorial." + after().article._ref][0].stage != "killed", true)`,
    ),
  },
  {
    name: 'leaseKeepsEmbargo',
    sentence:
      'This story is under embargo, and readers may not hear of it before. Wait, or clear the embargo.',
    applies: leadsElsewhere,
    allows: `defined(*[_id == after().article._ref][0]._id)
      || coalesce(*[_id == "drafts." + after().article._ref][0].embargoUntil <= $now, true)`,
  },
  {
    name: 'leaseLog',
    sentence:
      'The log of breaking news grows by one line at a time, in the name of whoever adds it. Use the buttons of the breaking desk.',
    applies: '"breakingLog" in [before()._type, after()._type]',
    allows: all(
      'defined(after())',
      hasRole('publisher'),
      growsByOne('after().log', list('before().log')),
      'after().log[-1].by == $userId',
      'coalesce(before().owner, $userId) == after().owner',
      `${desk}.changedBy == $userId`,
    ),
  },
  {
    name: 'desk',
    sentence: 'The breaking desk is moved by whoever breaks a story, and stays. Use its buttons.',
    applies: '"breakingDesk" in [before()._type, after()._type]',
    allows: all('after().changedBy == $userId', hasRole('publisher')),
  },
]
