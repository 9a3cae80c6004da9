/**
 * Loaded into the measured server (`NODE_OPTIONS=--import`): at each SIGUSR2 it collects garbage and writes what its
 * memory is into the file that `DATELINE_BENCH_MEMORY` names.
 */
import {renameSync, writeFileSync} from 'node:fs'

const file = process.env.DATELINE_BENCH_MEMORY

// npm itself is a Node program too; only the server shall answer.
if (file !== undefined && process.argv[1]?.endsWith('start.ts')) {
  process.on('SIGUSR2', () => {
    globalThis.gc?.()
    globalThis.gc?.()
    writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()))
    renameSync(`${file}.new`, file)
  })
}
