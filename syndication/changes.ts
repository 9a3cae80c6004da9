import {correctionLabelHours} from '../editorial/labels.ts'
import {hour} from '../editorial/time.ts'
import type {Story} from '../queries/storyFields.ts'
import {html, type SafeHtml} from './html.ts'
import type {Page} from './page.ts'

type Correction = Story['corrections'][number]

/** Updates with their notes, the newest first; nothing for a story that has none. */
export function updateList({words, times}: Page, {updates}: Story): SafeHtml {
  if (updates.length === 0) return html``
  const newestFirst = [...updates].sort((one, other) => other.number - one.number)
  const items = newestFirst.map(
    ({number, at, note}) =>
      html`<li>
        <span class="change-kind">${words.update(number)}</span> ${times.stamp(at)}
        <p>${note}</p>
      </li>`,
  )
  return html`<section class="updates" aria-labelledby="updates">
    <h2 id="updates">${words.updates}</h2>
    <ol>
      ${items}
    </ol>
  </section>`
}

/** A correction of fact under a day old, which stands over the text. */
export function freshCorrections(page: Page, {corrections}: Story): SafeHtml {
  return html`${corrections.filter((one) => isFresh(page, one)).map((one) => box(page, one))}`
}

/** Clarifications, and corrections after their first day, which stand at the story's foot. */
export function earlierCorrections(page: Page, {corrections}: Story): SafeHtml {
  const earlier = corrections.filter((one) => !isFresh(page, one))
  if (earlier.length === 0) return html``
  return html`<section class="corrections" aria-labelledby="corrections">
    <h2 id="corrections">${page.words.correctionsAndClarifications}</h2>
    ${earlier.map((one) => box(page, one))}
  </section>`
}

function isFresh({now}: Page, {kind, at}: Correction): boolean {
  return kind === 'correction' && now.getTime() - Date.parse(at) < correctionLabelHours * hour
}

function box({words, times}: Page, {kind, at, text}: Correction): SafeHtml {
  return html`<div class="correction" role="note">
    <p><span class="change-kind">${words.labels[kind]}</span> ${times.stamp(at)}</p>
    <p>${text}</p>
  </div>`
}
