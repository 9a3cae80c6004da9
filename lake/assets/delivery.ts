/** How a browser may treat a file: shown in place or only saved, and under which restrictions. */
export type Delivery = {disposition: 'inline' | 'attachment'; policy: string | undefined}

/** Media types that browsers show without running anything. Everything else is only saved. */
const harmless =
  /^(image\/(jpeg|png|gif|webp|avif|tiff)|(audio|video)\/[\w.+-]+|text\/plain|application\/pdf)$/

/** Nothing may run or load, and what runs nevertheless belongs to no origin. */
const locked = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/**
 * Decides how an uploaded file may be delivered on the lake's own origin, where the Studio's session lives: a page or a
 * drawing with a script in it must not run there. SVG is shown, since pictures have to be, but locked: in an `<img>` its scripts never
 * run, and opened by itself the policy holds them.
 */
export function deliveryOf(mimeType: string, saves: boolean): Delivery {
  const [bare = ''] = mimeType.toLowerCase().split(';')
  const type = bare.trim()
  const shown = harmless.test(type) || type === 'image/svg+xml'
  const disposition = saves || !shown ? 'attachment' : 'inline'
  // Browsers' own players and viewers do not work in a sandbox.
  const needsNoLock = /^(audio|video)\/|^application\/pdf$/.test(type)
  return {disposition, policy: needsNoLock && disposition === 'inline' ? undefined : locked}
}

/** A `Content-Disposition` with a file name in any script (RFC 6266, section 4.3; RFC 8187). */
export function contentDisposition(disposition: string, filename: string | undefined): string {
  if (!filename) return disposition
  const plain = filename.replaceAll(/[^\w.\- ]/g, '_')
  const encoded = encodeURIComponent(filename.toWellFormed()).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${disposition}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

/**
 * The one byte range that a `Range` header asks for, both ends inclusive (RFC 9110, section 14.2). `undefined`: send
 * everything, as for several ranges or none; `unsatisfiable`: 416.
 */
export function readRange(
  header: string | undefined,
  size: number,
): {start: number; end: number} | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : {start: size - length, end: size - 1}
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start >= size ? 'unsatisfiable' : {start, end}
}
