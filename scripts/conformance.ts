/** `npm run conformance`: how much of a suite of GROQ cases the embedded lake answers as the suite says. */

import {ConfigError} from './config.ts'
import {parseFlags} from './flags.ts'
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
  const {positionals, values} = parseFlags(args, usage, {
    failures: {type: 'string', default: '20'},
    only: {type: 'string'},
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) {
    throw new ConfigError(`Name the one file that holds the cases.\n${usage}`)
  }
  if (!/^\d{1,6}$/.test(values.failures)) {
    throw new ConfigError(`--failures must be a whole number.\n${usage}`)
  }
  return {file, failures: Number(values.failures), only: values.only}
}
