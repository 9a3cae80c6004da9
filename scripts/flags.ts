import {parseArgs, type ParseArgsConfig} from 'node:util'

import {ConfigError} from './config.ts'

/** Reads a script's flags and what stands beside them. Throws `ConfigError` with what is wrong and the usage. */
export function parseFlags<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  usage: string,
  options: Options,
) {
  try {
    return parseArgs({args: [...args], allowPositionals: true, options})
  } catch (cause) {
    const reason =
      cause instanceof Error ? cause.message.split('. ')[0] : 'The flags cannot be read'
    throw new ConfigError(`${reason}.\n${usage}`, {cause})
  }
}
