/** The address of the page at which a one-time code is used. */
export function signInUrl(publicUrl: URL, code: string): string {
  const url = new URL('/sign-in', publicUrl)
  url.searchParams.set('code', code)
  return url.href
}
