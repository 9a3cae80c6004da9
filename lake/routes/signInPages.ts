import {createHash} from 'node:crypto'

import {html, raw} from 'hono/html'

import {signInLinkMinutes} from '../store/accountsSessions.ts'

const style = `
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1c1b19; --quiet: #57534c; --line: #d9d5cc; --accent: #0b57a4; --on-accent: #fff }
@media (prefers-color-scheme: dark) {
  :root { --paper: #171614; --ink: #efece5; --quiet: #b3ada2; --line: #3b3833; --accent: #8abcf5; --on-accent: #10202f }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper);
  color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif }
main { width: 100%; max-width: 28rem }
.product { margin: 0 0 2rem; padding-bottom: .75rem; border-bottom: 1px solid var(--line); color: var(--quiet); font-weight: 600 }
h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; text-wrap: balance }
p { margin: 0 0 1rem }
.quiet { color: var(--quiet); font-size: .9375rem }
code { display: inline-block; max-width: 100%; padding: .1rem .4rem; border: 1px solid var(--line); border-radius: .25rem;
  font: .9375rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; user-select: all }
button, .button { display: inline-block; padding: .7rem 1.25rem; border: 0; border-radius: .375rem; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer }
button.plain { padding: 0; background: none; color: var(--accent); font-weight: 400; text-decoration: underline }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px }
form { margin: 1.5rem 0 }
`

// As one raw string: the policy's hash covers every character between the tags, spaces of a template too.
const styleElement = raw(`<style>${style}</style>`)
const styleHash = createHash('sha256').update(style).digest('base64')

/**
 * Headers of every page. Nothing but the page's own style and its own form may run or be sent. The referrer policy is
 * `same-origin` on purpose: with `no-referrer` browsers send `Origin: null` with the form (Fetch standard,
 * "append a request `Origin` header"), which would make our own page look foreign.
 */
export const pageHeaders = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const

type Page = ReturnType<typeof html>

/** The page behind a good link: one button, because mail scanners and previews follow links but press nothing. */
export function confirmPage(values: {
  productName: string
  userName: string
  code: string
  returnPath: string
}): Page {
  const {productName, userName, code, returnPath} = values
  return page(
    productName,
    `Sign in to ${productName}`,
    html`<p>This link signs you in as <strong>${userName}</strong>, once, in this browser.</p>
      <form method="post" action="/sign-in">
        <input type="hidden" name="code" value="${code}" />
        <input type="hidden" name="return" value="${returnPath}" />
        <button type="submit" autofocus>Sign in as ${userName}</button>
      </form>
      <p class="quiet">If that is not you, close this page; nothing has happened yet.</p>`,
  )
}

/** The page without a link: where one comes from. */
export function howToPage({productName}: {productName: string}): Page {
  return page(
    productName,
    `Sign in to ${productName}`,
    html`<p>You sign in by a link, which works once and for ${signInLinkMinutes} minutes.</p>
      <p>Ask whoever runs the server for one. On the server, this command makes it:</p>
      <p><code>npm run user -- link NAME</code></p>
      <p class="quiet">
        NAME is your name here. Somebody new is added with
        <code>npm run user -- add NAME --role ROLE</code>
      </p>`,
  )
}

/** The page for somebody who is signed in already. */
export function signedInPage(values: {
  productName: string
  userName: string
  homePath: string
}): Page {
  const {productName, userName, homePath} = values
  return page(
    productName,
    `You are signed in as ${userName}`,
    html`<p><a class="button" href="${homePath}">Go on to ${productName}</a></p>
      <form method="post" action="/sign-out">
        <button class="plain" type="submit">Sign out</button>
      </form>`,
  )
}

/** The page after signing out. */
export function signedOutPage({productName}: {productName: string}): Page {
  return page(
    productName,
    'You are signed out',
    html`<p>To come back, you need a new link:</p>
      <p><code>npm run user -- link NAME</code></p>`,
  )
}

const brokenLinks = {
  used: {
    title: 'This link was used already',
    sentence:
      'A sign-in link works once. If it was not you who used it, tell whoever runs the server.',
  },
  expired: {
    title: 'This link is too old',
    sentence: `A sign-in link works for ${signInLinkMinutes} minutes.`,
  },
  unknown: {
    title: 'This link does not work',
    sentence: 'It may have been cut off when it was copied, or it was withdrawn.',
  },
} as const

/** The page behind a link that cannot be used, and the way to a new one. `userName` only where the link proved it. */
export function brokenLinkPage(values: {
  productName: string
  state: keyof typeof brokenLinks
  userName: string | undefined
}): Page {
  const {title, sentence} = brokenLinks[values.state]
  const name = values.userName ?? 'NAME'
  return page(
    values.productName,
    title,
    html`<p>${sentence}</p>
      <p>On the server, this command makes a new one:</p>
      <p><code>npm run user -- link ${shellWord(name)}</code></p>`,
  )
}

/** The page for a form that another site's page sent. */
export function foreignFormPage({productName}: {productName: string}): Page {
  return page(
    productName,
    'This did not come from our page',
    html`<p>
      Another page tried to sign you in or out. Open your sign-in link again and press its button.
    </p>`,
  )
}

function shellWord(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
}

function page(productName: string, title: string, content: Page): Page {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        <main>
          <p class="product">${productName}</p>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`
}
