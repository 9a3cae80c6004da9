import {shareBreaking} from './live-sharing.js'

/** @typedef {import('./live-connection.js').Banner} Banner */

const root = document.documentElement
const strip = document.getElementById('breaking')
const minute = 60_000

/** How far the server's clock is ahead of this machine's; until it has spoken, from when the page was made. */
let ahead = Date.parse(root.dataset['madeAt'] ?? '') - performance.timeOrigin || 0
/** @type {Banner[] | undefined} */
let banners
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

const now = () => Date.now() + ahead

/** @param {import('./live-connection.js').BreakingState} state */
function receive(state) {
  ahead = state.ahead
  banners = state.banners
  show()
}

/** Puts the first banner that is not over into the strip, and comes back when that one ends. */
function show() {
  clearTimeout(timer)
  const shown = strip?.querySelector('.banner') ?? undefined
  const known = banners ?? []
  const banner = known.find(({until}) => Date.parse(until) > now())
  if (banners) replace(shown, banner)
  else if (shown instanceof HTMLElement && Date.parse(shown.dataset['until'] ?? '') <= now()) {
    shown.remove()
  }
  takeLabelsBack()
  tellAges()
  const until = banner?.until ?? (shown instanceof HTMLElement ? shown.dataset['until'] : undefined)
  // A timer sleeps with the machine, so the clock is looked at again at least every half minute.
  const wait = until === undefined ? minute / 2 : Date.parse(until) - now()
  timer = setTimeout(show, Math.max(Math.min(wait, minute / 2), 20))
}

/**
 * @param {Element | undefined} shown
 * @param {Banner | undefined} banner
 */
function replace(shown, banner) {
  const next = banner && render(banner)
  if (shown && next && isSame(shown, next)) {
    if (shown instanceof HTMLElement) shown.dataset['until'] = next.dataset['until']
    return
  }
  shown?.remove()
  if (!banner || !next) return
  const urgent = banner.kind === 'news' && banner.level === 'flash'
  strip?.querySelector(urgent ? '[role=alert]' : '[role=status]')?.append(next)
}

/**
 * @param {Element} shown
 * @param {Element} next
 */
function isSame(shown, next) {
  /** @param {Element} banner */
  const words = (banner) => {
    const link = banner.querySelector('.banner-text')
    return [banner.className, link?.textContent, link?.getAttribute('href')].join('\n')
  }
  return words(shown) === words(next)
}

/**
 * A banner as the page's own template has it, in the page's language.
 * @param {Banner} banner
 */
function render({id, kind, level, text, url, startsAt, until}) {
  const template = document.getElementById(`banner-${kind === 'news' ? level : kind}`)
  if (!(template instanceof HTMLTemplateElement)) return undefined
  const banner = template.content.firstElementChild?.cloneNode(true)
  if (!(banner instanceof HTMLElement)) return undefined
  banner.dataset['id'] = id
  banner.dataset['until'] = until
  const link = banner.querySelector('.banner-text')
  if (link) link.textContent = text
  // The address is the newsroom's public one; the page may be open under another name.
  if (link && url) link.setAttribute('href', new URL(url).pathname)
  banner.querySelector('time')?.setAttribute('datetime', startsAt)
  return banner
}

/** A story is not breaking any more when its lease is over, also on a page that was opened before. */
function takeLabelsBack() {
  for (const label of document.querySelectorAll('.label[data-lease]')) {
    const known = banners?.find(
      ({id, kind}) => kind === 'news' && id === label.getAttribute('data-lease'),
    )
    const until = banners ? known?.until : label.getAttribute('data-until')
    label.classList.toggle('label-over', !until || Date.parse(until) <= now())
  }
}

/** Times that are told as ages grow old with the page. */
function tellAges() {
  for (const time of document.querySelectorAll('time[data-ago]')) {
    const age = now() - Date.parse(time.getAttribute('datetime') ?? '')
    if (Number.isNaN(age) || age >= 24 * 60 * minute) continue
    const text = ageText(Math.max(Math.floor(age / minute), 0), time.getAttribute('data-ago'))
    if (time.textContent !== text) time.textContent = text
  }
}

/**
 * @param {number} minutes
 * @param {string | null} locale
 */
function ageText(minutes, locale) {
  const relative = new Intl.RelativeTimeFormat(locale || undefined, {style: 'short'})
  if (minutes === 0) {
    return new Intl.RelativeTimeFormat(locale || undefined, {numeric: 'auto'}).format(0, 'second')
  }
  return minutes < 60
    ? relative.format(-minutes, 'minute')
    : relative.format(-Math.floor(minutes / 60), 'hour')
}

/** @returns {() => void} the way to stop */
function connect() {
  return shareBreaking(document.getElementById('live-script')?.dataset['worker'], receive)
}

function tellConnection() {
  const note = document.querySelector('.offline')
  if (note instanceof HTMLElement) note.hidden = navigator.onLine
}

let disconnect = connect()
// A page that is put away keeps no connection, and takes it up when the reader comes back to it.
addEventListener('pagehide', () => disconnect())
addEventListener('pageshow', (event) => {
  if (event.persisted) disconnect = connect()
})
addEventListener('offline', tellConnection)
addEventListener('online', tellConnection)
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) show()
})
show()
