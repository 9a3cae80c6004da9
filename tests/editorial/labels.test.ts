import {describe, expect, test} from 'vitest'
import {
  labelOf,
  labelText,
  type Label,
  type LabelledArticle,
  type LabellingLease,
} from '../../editorial/labels.ts'

const at = (time: string) => `2026-11-24T${time}Z`
const noon = at('12:00:00.000')

const lease: LabellingLease = {
  level: 'breaking',
  article: {_ref: 'kerry'},
  startsAt: noon,
  until: at('12:30:00.000'),
}
/** A story that has everything a label can speak of, all of it at noon. */
const everything: LabelledArticle = {
  _id: 'kerry',
  killed: {at: noon},
  corrections: [{kind: 'correction', at: noon}],
  update: true,
  updates: [{number: 1, at: noon}],
  topicTitle: 'Syria',
}

function label(
  fields: Partial<LabelledArticle>,
  time: string,
  leases: readonly LabellingLease[] = [],
  settings?: {updateLabelHours?: number | null},
): Label {
  return labelOf({article: {_id: 'kerry', ...fields}, leases, now: new Date(time), settings})
}

test('the most important label stands alone, and each gives way to the next', () => {
  const {killed, corrections, update, updates, topicTitle} = everything
  const ended = {...lease, endedAt: noon}
  const time = at('12:10:00.000')
  expect([
    label(everything, time, [lease]),
    label({corrections, update, updates, topicTitle}, time, [lease]),
    label({corrections, update, updates, topicTitle}, time, [ended]),
    label({update, updates, topicTitle}, time, [ended]),
    label({topicTitle}, time, [ended]),
    label({topicTitle}, time),
    label({}, time),
  ]).toEqual([
    {kind: 'killed', at: killed?.at},
    {kind: 'breaking', at: noon},
    {kind: 'correction', at: noon},
    {kind: 'update', number: 1, at: noon},
    {kind: 'developing', at: noon},
    {kind: 'topic', topicTitle: 'Syria'},
    {kind: 'none'},
  ])
})

describe('each span includes its first instant and excludes its last', () => {
  test.each<[string, string, Label]>([
    ['a lease before its start', at('11:59:59.999'), {kind: 'none'}],
    ['a lease at its start', noon, {kind: 'breaking', at: noon}],
    ['a lease just before its end', at('12:29:59.999'), {kind: 'breaking', at: noon}],
    ['a lease at its end', at('12:30:00.000'), {kind: 'developing', at: at('12:30:00.000')}],
    [
      'three hours after, less a millisecond',
      at('15:29:59.999'),
      {kind: 'developing', at: at('12:30:00.000')},
    ],
    ['three hours after', at('15:30:00.000'), {kind: 'none'}],
  ])('%s', (_what, time, expected) => {
    expect(label({}, time, [lease])).toEqual(expected)
  })

  test.each(['correction', 'clarification'] as const)('%s: 24 hours', (kind) => {
    const story = {corrections: [{kind, at: noon}]}
    expect([
      label(story, noon),
      label(story, '2026-11-25T11:59:59.999Z'),
      label(story, '2026-11-25T12:00:00.000Z'),
    ]).toEqual([{kind, at: noon}, {kind, at: noon}, {kind: 'none'}])
  })

  test('update: as long as the settings say, else 24 hours', () => {
    const story = {update: true, updates: [{number: 1, at: noon}]}
    const shown = {kind: 'update', number: 1, at: noon}
    expect([
      label(story, '2026-11-25T11:59:59.999Z'),
      label(story, '2026-11-25T12:00:00.000Z'),
      label(story, at('13:59:59.999'), [], {updateLabelHours: 2}),
      label(story, at('14:00:00.000'), [], {updateLabelHours: 2}),
      label(story, '2026-11-25T11:59:59.999Z', [], {updateLabelHours: null}),
    ]).toEqual([shown, {kind: 'none'}, shown, {kind: 'none'}, shown])
  })
})

describe('an update', () => {
  const updates = [
    {number: 1, at: noon},
    {number: 2, at: at('13:00:00.000')},
  ]

  test('shows the last one, and nothing while the flag is off', () => {
    expect([
      label({update: true, updates}, at('14:00:00.000')),
      label({update: false, updates}, at('14:00:00.000')),
      label({update: null, updates}, at('14:00:00.000')),
    ]).toEqual([
      {kind: 'update', number: 2, at: at('13:00:00.000')},
      {kind: 'none'},
      {kind: 'none'},
    ])
  })

  test('of an imported story is a flag without number and time', () => {
    expect([
      label({update: true, updates: []}, at('14:00:00.000')),
      label({update: true, updates: null}, at('14:00:00.000')),
    ]).toEqual([{kind: 'update'}, {kind: 'update'}])
  })
})

describe('of leases', () => {
  const time = at('12:10:00.000')

  test('only the story’s own count, also for its draft', () => {
    expect([
      label({}, time, [{...lease, article: {_ref: 'other'}}]),
      label({}, time, [{...lease, article: null}]),
      label({_id: 'drafts.kerry'}, time, [lease]),
    ]).toEqual([{kind: 'none'}, {kind: 'none'}, {kind: 'breaking', at: noon}])
  })

  test('the highest level counts', () => {
    expect(
      label({}, time, [
        {...lease, level: 'developing'},
        {...lease, level: 'flash'},
      ]),
    ).toEqual({
      kind: 'flash',
      at: noon,
    })
  })

  test('one that was withdrawn leaves no label', () => {
    expect(label({}, time, [{...lease, withdrawn: {at: noon}}])).toEqual({kind: 'none'})
  })

  test('one that was ended by hand ended then, not at its planned end', () => {
    const ended = {...lease, until: at('20:00:00.000'), endedAt: at('12:05:00.000')}
    expect([label({}, time, [ended]), label({}, at('15:05:00.000'), [ended])]).toEqual([
      {kind: 'developing', at: at('12:05:00.000')},
      {kind: 'none'},
    ])
  })
})

test('in English', () => {
  const labels: Label[] = [
    {kind: 'killed', at: noon},
    {kind: 'flash', at: noon},
    {kind: 'breaking', at: noon},
    {kind: 'developing', at: noon},
    {kind: 'correction', at: noon},
    {kind: 'clarification', at: noon},
    {kind: 'topic', topicTitle: 'Syria'},
    {kind: 'none'},
    {kind: 'update'},
    ...[1, 2, 3, 4, 11, 12, 21, 22, 103].map((number) => ({
      kind: 'update' as const,
      number,
      at: noon,
    })),
  ]
  expect(labels.map(labelText)).toEqual([
    'Killed',
    'Flash',
    'Breaking News',
    'Developing',
    'Correction',
    'Clarification',
    'Syria',
    '',
    'Update',
    'Update',
    '2nd update',
    '3rd update',
    '4th update',
    '11th update',
    '12th update',
    '21st update',
    '22nd update',
    '103rd update',
  ])
})
