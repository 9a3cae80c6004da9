import {execFile} from 'node:child_process'
import {promisify} from 'node:util'

const program = `
  const {readdirSync, readFileSync} = require('node:fs')
  const {join} = require('node:path')
  for (const entry of readdirSync(process.argv[1], {recursive: true, withFileTypes: true})) {
    if (entry.isFile()) process.stdout.write(readFileSync(join(entry.parentPath, entry.name)))
  }
`

/**
 * Every byte of every file under a folder, to look for what must not stand there. Another process reads them:
 * closing a file drops all POSIX locks that the own process holds on it, SQLite's too ("How To Corrupt An SQLite
 * Database File", 2.2), and the lake under test would then read stale data.
 */
export async function allBytes(directory: string): Promise<string> {
  const {stdout} = await promisify(execFile)(process.execPath, ['-e', program, directory], {
    encoding: 'latin1',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (stdout === '') throw new Error(`There are no files in ${directory}.`)
  return stdout
}
