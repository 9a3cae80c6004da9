import type {Plugin} from 'vite'

import {iconAddress} from './icon.ts'
import {idleInTime} from './idleInTime.ts'

/**
 * Makes the Studio's page and fonts our own, so that opening it asks no other machine for anything: the
 * stock page links a script and twelve fonts on Sanity's servers. Works for `sanity build` and `sanity dev`.
 */
export function studioPage(): Plugin[] {
  return [
    {
      name: 'dateline/page',
      enforce: 'post',
      generateBundle: {
        // The page is emitted in this same hook by the Studio's own plugin; ours has to come after it.
        order: 'post',
        handler(_options, bundle) {
          const page = bundle['index.html']
          if (page?.type !== 'asset') this.error('The build has no index.html to make our own.')
          page.source = ownPage(page.source.toString())
        },
      },
      transformIndexHtml: {order: 'post', handler: ownPage},
    },
    {
      name: 'dateline/fonts',
      enforce: 'pre',
      transform: {
        filter: {id: /@fontsource-variable\/inter\/.*\.css$/},
        // Sanity UI's theme asks for "Inter"; the package calls its variable font something else.
        handler: (css) => ({code: css.replaceAll("'Inter Variable'", "'Inter'"), map: null}),
      },
    },
    {
      name: 'dateline/no-hosted-fonts',
      enforce: 'pre',
      transform: {
        filter: {id: /\.css($|\?)/, code: /design-system-static/},
        handler: (css) => ({code: withoutHostedFonts(css), map: null}),
      },
    },
  ]
}

/** The Studio's page without what it links on other machines, with Dateline's title and icon, and `idleInTime`. */
export function ownPage(html: string): string {
  return withoutHostedFonts(html)
    .replaceAll(/<script\b[^>]*\bdata-sanity-core\b[^>]*><\/script>\s*/g, '')
    .replaceAll(/<link\b[^>]*\brel="(?:icon|apple-touch-icon|manifest)"[^>]*>/g, '')
    .replace(/, ?maximum-scale=1\b/, '')
    .replace(
      /<title>[^<]*<\/title>/,
      `<title>Dateline</title><link rel="icon" type="image/svg+xml" href="${iconAddress}"/><script>{${idleInTime}}</script>`,
    )
}

function withoutHostedFonts(text: string): string {
  return text.replaceAll(/@font-face\s*\{[^}]*https?:[^}]*\}\s*/g, '')
}
