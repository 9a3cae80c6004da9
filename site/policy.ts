/**
 * What a page may load and who may frame it (the Studio's preview, on the same origin). No inline script and
 * no inline style: a headline that slipped through the escaping would still be dead text.
 */
export function securityHeaders(imageOrigin: string | undefined): {[name: string]: string} {
  const images = ["'self'", 'data:', ...(imageOrigin === undefined ? [] : [imageOrigin])].join(' ')
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      `img-src ${images}`,
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
  }
}

/**
 * Anyone's page may read these, and nobody's cookies go along: no credentials are allowed with `*` (Fetch
 * standard, CORS protocol). Without the resource policy a page that isolates itself could not load them.
 */
export const forEveryone = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const
