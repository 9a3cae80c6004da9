/** `npm run conformance`: how much of a suite of GROQ cases the embedded lake answers as the suite says. */
import {parseArgs} from 'node:util'

import {ConfigError} from './config.ts'
import {printReport} from './conformance/report.ts'
import {runSuite} from './conformance/runSuite.ts'
import {readSuite} from './conformance/suite.ts'
import {exitWithSentence} from './sentence.ts'

const usage = 'Usage: npm run conformance -- FILE.ndjson[.gz] [--failures N] [--only TEXT]'

try {
  const {file, failures, only} = readFlags(process.argv.slice(2))
  const suite = await readSuite(file, only)
  const run = await runSuite(suite)
  process.exitCode = printReport(run, failures) ? 0 : 1
} catch (error) {
  exitWithSentence(error)
}

type Flags = {file: string; failures: number; only: string | undefined}

function readFlags(args: readonly string[]): Flags {
  const {positionals, values} = parse(args)
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) {
    throw new ConfigError(`Name the one file that holds the cases.\n${usage}`)
  }
  if (!/^\d{1,6}$/.test(values.failures)) {
    throw new ConfigError(`--failures must be a whole number.\n${usage}`)
  }
  return {file, failures: Number(values.failures), only: values.only}
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {failures: {type: 'string', default: '20'}, only: {type: 'string'}},
    })
  } catch (cause) {
    const reason =
      cause instanceof Error ? cause.message.split('. ')[0] : 'The flags cannot be read'
    throw new ConfigError(`${reason}.\n${usage}`, {cause})
  }
}
