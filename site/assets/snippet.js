/**
 * Breaking news on any page: one script, no stylesheet, no cookie. It is served without its comments and indents.
 * @typedef {import('./live-connection.js').Banner & {label: string}} Banner
 * @typedef {{serverTime: string, banners?: Banner[]}} State
 */
{
  const {origin} = new URL(document.currentScript?.getAttribute('src') ?? '', location.href)
  /**
   * A page may forbid style attributes; it cannot forbid a script's styles.
   * @param {Element | undefined} parent
   * @param {string} name
   * @param {object} props
   * @param {string} style
   */
  const add = (parent, name, props, style = '') => {
    const element = Object.assign(document.createElement(name), props)
    element.style.cssText = style
    parent?.append(element)
    return element
  }
  const start = () => {
    const bar =
      document.querySelector('[data-breaking-news]') ??
      add(document.body, 'div', {}, 'position:fixed;inset:auto 0 0;z-index:9999')
    const regions = ['alert', 'status'].map((role) => add(bar, 'div', {role}))
    /** @type {Banner[]} */
    let banners = []
    let ahead = 0
    let asked = -Infinity
    let told = 0
    /** How many looks ago the stream may last have spoken. */
    let fresh = 0
    let shown = ''
    let timer = 0
    /** @type {EventSource | undefined} */
    let stream
    const show = () => {
      clearTimeout(timer)
      /** @param {Banner} banner */
      const left = ({until}) => Date.parse(until) - Date.now() - ahead
      const banner = banners.find((one) => left(one) > 0)
      if (banner) timer = setTimeout(show, Math.min(left(banner), 3e4))
      const {kind, level, label, text, url} = banner ?? {}
      const next = [kind, level, text, url].join()
      if (next === shown) return
      shown = next
      for (const region of regions) region.textContent = ''
      if (!banner) return
      const ground = kind !== 'news' ? '#444' : level === 'developing' ? '#7a4b00' : '#a8071a'
      const line = add(
        regions[kind === 'news' && level === 'flash' ? 0 : 1],
        'div',
        {textContent: label + ': ', dir: 'auto'},
        'padding:.6em 1em;font:1em/1.4 sans-serif;color:#fff;background:' + ground,
      )
      add(line, 'a', {textContent: text, ...(url && {href: url})}, 'color:inherit')
    }
    /**
     * What a proxy held back comes late, with an old time: the answer to a question knows better. An answer that the
     * stream overtook on its way knows less than the stream.
     * @param {State} state
     * @param {boolean} [late]
     */
    const hear = (state, late) => {
      const at = Date.parse(state.serverTime)
      const offset = at - Date.now()
      if (late ? offset < asked - 1e4 : at <= told) return
      if (late) fresh = 2
      else asked = offset
      if (late && state.banners) told = at
      ahead = offset
      banners = state.banners ?? banners
      show()
    }
    const look = () => {
      if (!stream || stream.readyState > 1) {
        stream = new EventSource(origin + '/live/breaking')
        for (const name of ['state', 'tick'])
          stream.addEventListener(name, ({data}) =>
            hear(name === 'tick' ? {serverTime: data} : JSON.parse(data), true),
          )
      } else if (fresh-- < 1) {
        told = 0
        fetch(origin + '/api/breaking.json')
          .then((answer) => answer.json())
          .then(hear)
          .catch(() => {})
      }
    }
    look()
    setTimeout(look, 5e3)
    setInterval(look, 15e3)
  }
  if (document.body) start()
  else addEventListener('DOMContentLoaded', start)
}
