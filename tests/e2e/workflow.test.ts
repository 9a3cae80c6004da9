import type {SanityClient} from '@sanity/client'
import type {Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {documentId, type EditorialState} from '../../editorial/documents.ts'
import {revisionsOf} from '../../studio/publishing/changesSince.ts'
import {readStory} from '../../studio/publishing/storyAsRead.ts'
import {takeStep as takeStepOnLake, type PlainStep} from '../../studio/workflow/takeStep.ts'
import {docsPicture, picture} from './support/browser.ts'
import {kerry, openNewsroom, type Newsroom} from './support/openNewsroom.ts'
import {
  addToLede,
  chooseAction,
  generateSlug,
  headlineField,
  openPublishChange,
  openStory,
  publishChange,
  refusedInMenu,
  saved,
  takeNextStep,
  takeStep,
} from './support/studio.ts'
import {closed, primary, storyIdOf, writable, writableIn} from './support/storyForm.ts'

const kerryPath = '/a/kerry-in-moscow-to-push-for-political-transition-in-syria'
const river = 'River Rises Over Its Banks'
const riverPath = '/a/river-rises-over-its-banks'

let riverId: string
let newsroom: Newsroom
let client: SanityClient
/** A program that works as an editor. */
let robot: SanityClient
let reporter: Page
let editor: Page
let second: Page
let publisher: Page
let reader: Page

beforeAll(async () => {
  newsroom = await openNewsroom({robot: 'editor'})
  ;({administrator: client, robot} = newsroom)
  reporter = await newsroom.newPerson('Rita Reporter', 'reporter')
  editor = await newsroom.newPerson('Edgar Editor', 'editor')
  second = await newsroom.newPerson('Selma Second', 'editor')
  publisher = await newsroom.newPerson('Paula Publisher', 'publisher')
  reader = await newsroom.newPage()
})

afterAll(() => newsroom.close())

/** What readers get at an address. */
async function atSite(path: string): Promise<{status: number; text: string}> {
  const answer = await reader.goto(`${newsroom.product.origin}${path}`)
  return {status: answer?.status() ?? 0, text: await reader.locator('main').innerText()}
}

function stageOf(storyId: string): Promise<string | undefined> {
  return client
    .getDocument<EditorialState>(documentId.editorialState(storyId))
    .then((state) => state?.stage)
}

/** Takes a step as a program with a token does, past every button. */
async function stepByToken(storyId: string, step: PlainStep): Promise<void> {
  const {id: by} = await robot.users.getById('me')
  const outcome = await takeStepOnLake({
    client: robot,
    articleId: storyId,
    step,
    answers: {},
    seen: revisionsOf(await readStory(robot, storyId)),
    by,
    role: 'editor',
    errors: [],
    timeZone: 'UTC',
  })
  expect(outcome).toEqual({kind: 'done'})
}

describe('a new story', () => {
  test('a reporter writes it and submits it; the form then takes no more words', async () => {
    await reporter.goto(`${newsroom.product.origin}/studio/structure/stories`)
    await reporter.getByTestId('action-intent-button').last().click()
    await headlineField(reporter).fill(river)
    await addToLede(reporter, 'The river rose by two metres in a night, officials said.')
    await generateSlug(reporter)
    riverId = storyIdOf(reporter)
    await expect.poll(() => primary(reporter, 'Submit for review').isEnabled()).toBe(true)
    await picture(reporter, 'workflow-draft')
    await takeNextStep(reporter, 'Submit for review')
    await closed(reporter, 'An editor approves it, or returns it')
    await expect.poll(() => writable(reporter)).toBe(0)
    await docsPicture(reporter, 'editing-in-review')
    expect(await stageOf(riverId)).toBe('review')
    expect((await atSite(riverPath)).status).toBe(404)
  })

  test('an editor returns it with a note, and the reporter’s open form follows', async () => {
    await openStory(editor, newsroom.product, river)
    await primary(editor, 'Approve').waitFor()
    await picture(editor, 'workflow-in-review-editor')
    await chooseAction(editor, 'Return…')
    expect(await editor.getByTestId('return-reason').innerText()).toContain('Write a note')
    await editor.getByTestId('return-words').fill('Who said so? Name the office.')
    await docsPicture(editor, 'editing-return')
    await editor.getByTestId('return-confirm').click()
    await primary(reporter, 'Submit for review').waitFor()
    await expect.poll(() => headlineField(reporter).isEditable()).toBe(true)
    expect(await stageOf(riverId)).toBe('returned')
  })

  test('what is typed while somebody else moves the story is in the draft afterwards', async () => {
    const lede = reporter.getByTestId('field-lede')
    const typing = addToLede(
      reporter,
      ` ${'The river office said so on Friday. '.repeat(4)}`.trimEnd(),
    )
    await expect
      .poll(() =>
        client.getDocument(`drafts.${riverId}`).then((draft) => JSON.stringify(draft?.['lede'])),
      )
      .toContain('The river office')
    await stepByToken(riverId, 'submit')
    await typing
    await closed(reporter, 'An editor approves it, or returns it')
    const shown = (await lede.locator('[data-slate-editor]').innerText()).trim()
    expect(shown).toContain('The river office')
    // A space at the end is kept, too; what the page shows as text ends without it.
    const stored = async () => {
      const id = `drafts.${riverId}`
      const text = await client.fetch<string>('pt::text(*[_id == $id][0].lede)', {id})
      return text.trim()
    }
    await expect.poll(stored).toBe(shown)
    await expect.poll(() => writable(reporter)).toBe(0)
    await lede.locator('[data-slate-editor]').click({force: true})
    await reporter.keyboard.type('This is not written.')
    expect(await lede.innerText()).not.toContain('This is not written.')
  })

  test('another editor approves it, and a change after that is not approved', async () => {
    await takeNextStep(editor, 'Approve')
    await primary(editor, 'Publish').waitFor()
    await closed(editor, 'This text is approved, so that nobody')
    await picture(editor, 'workflow-approved')
    await robot
      .patch(`drafts.${riverId}`)
      .set({standfirst: 'It is the highest in ten years.'})
      .commit()
    await primary(editor, 'Submit again').waitFor()
    await refusedInMenu(
      editor,
      'Publish',
      /^Changed since approval by .+ at \d+ \w+ \d{4}, \d\d:\d\d .+\. Submit it again/,
    )
    await takeNextStep(editor, 'Submit again')
    await primary(editor, 'Approve').waitFor()
    expect(await primary(editor, 'Approve').isDisabled()).toBe(true)
    await editor.mouse.move(0, 0)
    await primary(editor, 'Approve').hover({force: true})
    const reason = editor.getByText('You submitted this story yourself.').filter({visible: true})
    await reason.first().waitFor()
    await picture(editor, 'workflow-own-submission')
  })

  test('it is scheduled by the newsroom’s clock and taken off again', async () => {
    await openStory(second, newsroom.product, river)
    await takeNextStep(second, 'Approve')
    await primary(editor, 'Publish').waitFor()
    await chooseAction(editor, 'Schedule…')
    const time = editor.getByTestId('schedule-time')
    await time.waitFor()
    await docsPicture(editor, 'editing-schedule')
    await time.fill('2020-01-01T10:00')
    expect(await editor.getByTestId('schedule-reason').innerText()).toContain(
      'This time has passed',
    )
    const means = editor.getByTestId('schedule-means')
    await time.fill('2030-03-31T02:30')
    expect(await means.innerText()).toContain('clocks go forward, so that time never comes')
    await time.fill('2030-03-31T03:30')
    expect(await means.innerText()).toMatch(
      /Sunday 31 March 2030, 03:30 .+ \(Europe\/Prague\), in \d+ days/,
    )
    await editor.getByTestId('schedule-confirm').click()
    await primary(editor, 'Unschedule').waitFor()
    await closed(editor, 'Unschedule it and return it to change it.')
    await picture(editor, 'workflow-scheduled')
    expect(await client.getDocument(documentId.editorialState(riverId))).toMatchObject({
      stage: 'scheduled',
      publishAt: '2030-03-31T01:30:00.000Z',
    })
    await takeNextStep(editor, 'Unschedule')
    await primary(editor, 'Publish').waitFor()
    expect((await atSite(riverPath)).status).toBe(404)
  })

  test('it is published', async () => {
    // A key that comes before anybody can have read what the button says now does nothing.
    await expect.poll(() => primary(editor, 'Publish').isEnabled()).toBe(true)
    await primary(editor, 'Publish').focus()
    await editor.keyboard.press('Control+Alt+P')
    await primary(editor, 'Publish change…').waitFor()
    expect(await atSite(riverPath)).toMatchObject({
      status: 200,
      text: expect.stringContaining('It is the highest in ten years.'),
    })
    await expect
      .poll(() => reporter.getByTestId('pane-footer').first().innerText())
      .toContain('Submit change…')
  })
})

describe('changes to a live story', () => {
  test('an update, and a second one', async () => {
    await openStory(editor, newsroom.product, kerry)
    await addToLede(editor, ' He landed at noon.')
    await saved(editor)
    await openPublishChange(editor, {kind: 'update', note: 'Kerry has landed.'})
    const readersWillSee = editor.frameLocator('[data-testid="publish-change-frame"]')
    await readersWillSee.getByText('Kerry has landed.').waitFor()
    const differences = editor.getByTestId('publish-change-differences')
    expect(await differences.innerText()).toContain('1 paragraph changed in the lede')
    expect(await differences.locator('ins').allInnerTexts()).toEqual([' He landed at noon.'])
    await docsPicture(editor, 'editing-update')
    await editor.getByTestId('publish-change-confirm').click()
    await editor.getByTestId('publish-change').first().waitFor({state: 'detached'})
    expect((await atSite(kerryPath)).text).toMatch(/^update/i)

    await addToLede(editor, ' He went to the Kremlin.')
    await saved(editor)
    await publishChange(editor, {kind: 'update', note: 'Kerry is at the Kremlin.'})
    const {text} = await atSite(kerryPath)
    expect(text).toMatch(/^2nd update/i)
    expect(text).toContain('Kerry has landed.')
    expect(text).toContain('Kerry is at the Kremlin.')
    await picture(reader, 'workflow-site-second-update', true)
  })

  test('a colleague’s newer edit is named, and nothing is published', async () => {
    await headlineField(editor).fill('Kerry in the Kremlin')
    await saved(editor)
    await openPublishChange(editor, {kind: 'correction', text: 'He came at noon, not at ten.'})
    await editor
      .frameLocator('[data-testid="publish-change-frame"]')
      .getByText('He came at noon')
      .waitFor()
    await picture(editor, 'workflow-correction')
    await openStory(second, newsroom.product, 'Kerry in the Kremlin')
    await headlineField(second).fill('Kerry at the Kremlin')
    await saved(second)
    await editor.getByTestId('publish-change-confirm').click()
    await editor.getByText(/Selma Second changed the draft at \d/).waitFor()
    await docsPicture(editor, 'editing-meanwhile')
    expect((await atSite(kerryPath)).text).not.toContain('He came at noon, not at ten.')
    await editor.getByTestId('publish-change-confirm').click()
    await expect
      .poll(() => editor.getByTestId('publish-change-note').inputValue())
      .toBe('He came at noon, not at ten.')
    await expect
      .poll(() => editor.getByTestId('publish-change-confirm').getAttribute('aria-disabled'))
      .toBe('false')
    await editor.getByTestId('publish-change-confirm').click()
    await editor.getByTestId('publish-change').first().waitFor({state: 'detached'})
    const {text} = await atSite(kerryPath)
    expect(text).toMatch(/^correction/i)
    expect(text).toContain('He came at noon, not at ten.')
    expect(text).toContain('Kerry at the Kremlin')
    await picture(reader, 'workflow-site-correction', true)
  })

  test('a clarification and a silent fix', async () => {
    await headlineField(editor).fill('Kerry at the Kremlin Gates')
    await saved(editor)
    await publishChange(editor, {kind: 'clarification', text: 'The gates are the Spassky gates.'})
    const clarified = await atSite(kerryPath)
    expect(clarified.text).toContain('The gates are the Spassky gates.')
    await headlineField(editor).fill('Kerry at the Kremlin Gate')
    await saved(editor)
    await publishChange(editor, {kind: 'silentFix'})
    const fixed = await atSite(kerryPath)
    expect(fixed.text).toBe(clarified.text.replace('Kremlin Gates', 'Kremlin Gate'))
  })

  test('a reporter submits a change, which an editor returns', async () => {
    await openStory(reporter, newsroom.product, 'Kerry at the Kremlin Gate')
    await addToLede(reporter, ' It snowed.')
    await saved(reporter)
    await reporter.getByTestId('pane-footer').getByRole('button', {name: 'Submit change…'}).click()
    await reporter.getByTestId('submitChange-words').fill('The weather, for colour.')
    await picture(reporter, 'workflow-submit-change')
    await reporter.getByTestId('submitChange-confirm').click()
    await takeStep(editor, {
      menu: 'Return change…',
      step: 'returnChange',
      words: 'Readers know that it snows in Moscow.',
    })
    const state = await client.getDocument<EditorialState>(
      documentId.editorialState(storyIdOf(editor)),
    )
    expect(state?.change).toBeUndefined()
    expect(state?.history?.slice(-2).map(({action}) => action)).toEqual([
      'submitChange',
      'returnChange',
    ])
    await chooseAction(editor, 'Discard changes')
    await editor.getByTestId('confirm-button').click()
  })

  test('the update label is cleared', async () => {
    const id = storyIdOf(editor)
    await chooseAction(editor, 'Clear update label')
    await expect.poll(() => client.getDocument(id).then((story) => story?.['update'])).toBe(false)
  })
})

describe('taking a story down', () => {
  test('while it is up as breaking news it is not unpublished, and a kill withdraws the banner', async () => {
    const headline = 'Kerry at the Kremlin Gate'
    await openStory(publisher, newsroom.product, headline)
    await chooseAction(publisher, 'Break this story')
    await publisher.getByRole('button', {name: 'Show it to readers now'}).click()
    await publisher.getByTestId('break-story').first().waitFor({state: 'detached'})
    await refusedInMenu(publisher, 'Unpublish…', 'This story is up as breaking news')
    await refusedInMenu(editor, 'Kill…', /^You cannot kill a story: that takes the role publisher/)

    await chooseAction(publisher, 'Kill…')
    expect(await publisher.getByTestId('kill-reason').innerText()).toContain('Write a notice')
    await publisher.getByTestId('kill-words').fill('This story named the wrong person.')
    await publisher.getByTestId('kill-sentence').fill('Kerry is not in Moscow.')
    await publisher
      .frameLocator('[data-testid="kill-notice-frame"]')
      .getByText('This story named the wrong person.')
      .waitFor()
    await docsPicture(publisher, 'editing-kill')
    await publisher.getByTestId('kill-confirm').click()
    await primary(publisher, 'Revive…').waitFor()
    await closed(publisher, 'This story was killed. Revive it')
    await picture(publisher, 'workflow-killed')
    const sections = publisher.getByTestId('field-sections')
    await sections.getByText('Ukraine fighting drags on').first().click()
    const section = publisher.getByRole('dialog').last()
    await section.getByText('Heading').first().waitFor()
    await expect.poll(() => writableIn(section)).toBe(0)
    await picture(publisher, 'workflow-killed-section')
    await publisher.getByRole('button', {name: 'Close dialog'}).first().click()
    await section.waitFor({state: 'detached'})
    await closed(editor, 'Only a publisher can revive it.')
    const gone = await atSite(kerryPath)
    expect(gone).toMatchObject({
      status: 410,
      text: expect.stringContaining('This story named the wrong person.'),
    })
    expect(await reader.locator('#breaking').innerText()).toContain('Kerry is not in Moscow.')
    await picture(reader, 'workflow-site-killed')
  })

  test('it is revived as a draft', async () => {
    await primary(publisher, 'Revive…').click()
    await publisher.getByTestId('revive-words').fill('It was the right person after all.')
    await picture(publisher, 'workflow-revive')
    await publisher.getByTestId('revive-confirm').click()
    await primary(publisher, 'Submit for review').waitFor()
    expect((await atSite(kerryPath)).status).toBe(404)
  })

  test('somebody alone publishes again with a reason, and takes it off without a notice', async () => {
    await chooseAction(publisher, 'Publish now…')
    await publisher.getByRole('button', {name: 'Nobody else is on duty.'}).click()
    await picture(publisher, 'workflow-publish-now')
    await publisher.getByTestId('publishNow-confirm').click()
    await primary(publisher, 'Publish change…').waitFor()
    const again = await atSite(kerryPath)
    expect(again).toMatchObject({
      status: 200,
      text: expect.stringContaining('Kerry is at the Kremlin.'),
    })
    await takeStep(publisher, {
      menu: 'Unpublish…',
      step: 'unpublish',
      words: 'The rights have ended.',
    })
    await primary(publisher, 'Submit for review').waitFor()
    expect((await atSite(kerryPath)).status).toBe(404)
  })

  test('nothing was asked for that is not there, nor of any other machine', async () => {
    expect(await newsroom.strayRequests()).toEqual({endpoints: [], outside: []})
  })
})
