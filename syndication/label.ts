import {liveLeases} from '../editorial/breaking.ts'
import {labelOf, type Label} from '../editorial/labels.ts'
import type {Card} from '../queries/storyFields.ts'
import {attribute, html, type SafeHtml} from './html.ts'
import type {Page} from './page.ts'
import type {Words} from './words/words.ts'

/** As much of a story as its label needs. */
export type Labelled = Omit<Card, 'leadFigure' | 'opening'>

/** What stands over the story's headline on this page, by the newsroom's one rule. */
export function labelOn(page: Page, story: Labelled): Label {
  return labelOf({
    article: story,
    leases: page.leases,
    now: page.now,
    settings: page.settings,
  })
}

/** The label over a headline, with the time that it speaks of; nothing when there is none. */
export function labelHtml(page: Page, story: Labelled): SafeHtml {
  const label = labelOn(page, story)
  const words = labelWords(label, page.words)
  if (words === '') return html``
  return html`<p class="label label-${label.kind}" ${leaseOf(page, story, label)}>
    ${pulse(label.kind)}<span class="label-name">${words}</span>${labelTime(page, label)}
  </p>`
}

/** Which lease a label speaks of, so that an open page can take the label back when the lease is over. */
function leaseOf(page: Page, story: Labelled, label: Label): SafeHtml {
  const own = page.leases.filter(({article}) => article?._ref === story._id)
  const [lease] = liveLeases(own, page.now)
  if (lease === undefined || label.kind !== lease.level) return html``
  return html`${attribute('data-lease', lease._id)}${attribute('data-until', lease.until)}`
}

/** The label's words in the page's language; empty for none. */
export function labelWords(label: Label, words: Words): string {
  switch (label.kind) {
    case 'none':
      return ''
    case 'topic':
      return label.topicTitle
    case 'update':
      return words.update(label.number)
    default:
      return words.labels[label.kind]
  }
}

/** The dot of flash and breaking news; it pulses where motion is welcome. */
export function pulse(kind: string): SafeHtml {
  const urgent = kind === 'flash' || kind === 'breaking'
  return urgent ? html`<span class="pulse" aria-hidden="true"></span>` : html``
}

function labelTime(page: Page, label: Label): SafeHtml {
  const at = 'at' in label ? label.at : undefined
  return at === undefined
    ? html``
    : html`<span class="label-time"
        ><span aria-hidden="true"> · </span>${page.times.stamp(at)}</span
      >`
}
