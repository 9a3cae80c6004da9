import {expect, test} from 'vitest'

import {iconAddress} from './icon.ts'
import {idleInTime} from './idleInTime.ts'
import {ownPage} from './studioPage.ts'

test('nothing on another machine is left in the page, and the rest stays', () => {
  const stock = [
    '<html><head><meta content="width=device-width, initial-scale=1, maximum-scale=1" name="viewport"/>',
    '<link href="/static/favicon.ico" rel="icon" sizes="any"/>',
    '<link href="/static/manifest.webmanifest" rel="manifest"/>',
    '<link href="/studio/static/a.css" rel="stylesheet"/>',
    '<title>Sanity Studio</title><style>',
    '@font-face { font-family: Inter; src: url("https://fonts.example/Inter.woff2") format("woff2"); }',
    'body { margin: 0; }</style>',
    '<script src="https://core.example/bridge.js" async type="module" data-sanity-core></script>',
    '</head><body><div id="sanity"></div><script src="/studio/static/a.js" type="module"></script></body></html>',
  ].join('')
  expect(ownPage(stock)).toBe(
    [
      '<html><head><meta content="width=device-width, initial-scale=1" name="viewport"/>',
      '<link href="/studio/static/a.css" rel="stylesheet"/>',
      `<title>Dateline</title><link rel="icon" type="image/svg+xml" href="${iconAddress}"/><script>{${idleInTime}}</script><style>`,
      'body { margin: 0; }</style>',
      '</head><body><div id="sanity"></div><script src="/studio/static/a.js" type="module"></script></body></html>',
    ].join(''),
  )
})
