import {pino} from 'pino'
import {PinoPretty} from 'pino-pretty'

import type {Logger} from '../lake/environment.ts'
import type {LogLevel} from './config.ts'

/** The process's one logger: JSON lines on standard error, readable ones when a terminal is there. */
export function createLogger(level: LogLevel): Logger {
  const toTerminal = process.stderr.isTTY
  const destination = toTerminal
    ? PinoPretty({colorize: true, ignore: 'pid,hostname', destination: 2, sync: true})
    : pino.destination({dest: 2, sync: true})
  return pino({level, timestamp: pino.stdTimeFunctions.isoTime}, destination)
}
