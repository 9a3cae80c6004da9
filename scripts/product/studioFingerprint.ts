import {createHash} from 'node:crypto'
import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

/** Everything that ends up in the bundle, and so decides whether the last build still stands. */
const sources = [
  '{schemas,editorial,queries,ingest,syndication,studio}/**/*.{ts,tsx,css,svg}',
  'sanity.config.ts',
  'sanity.cli.ts',
  'package-lock.json',
  'static/**/*.*',
]

/** Sixteen hexadecimal digits that change with any source of the Studio in `directory` and any setting. */
export function studioFingerprint(directory: string, settings: {[name: string]: string}): string {
  const hash = createHash('sha256')
  for (const file of globSync(sources, {cwd: directory}).sort()) {
    if (/\.test\.tsx?$/.test(file)) continue
    hash.update(`${file}\0`)
    hash.update(readFileSync(join(directory, file)))
    hash.update('\0')
  }
  for (const [name, value] of Object.entries(settings).sort()) hash.update(`${name}=${value}\0`)
  return hash.digest('hex').slice(0, 16)
}
