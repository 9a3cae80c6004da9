import {resolve} from 'node:path'

import {ConfigError} from '../config.ts'
import {parseFlags} from '../flags.ts'

export const importUsage = `Usage: npm run import-story -- FILE… [--dry-run] [--publish] [--published-at ISO] [--language BCP47]
         [--publisher NAME] [--source-url URL] [--json] [--allow-unplaced] [--data DIR]`

export type ImportConfig = {
  files: string[]
  dryRun: boolean
  publish: boolean
  json: boolean
  allowUnplaced: boolean
  dataDirectory: string
  /** What is said about the source of every file, as `captureToStory` takes it. */
  source: {publishedAt?: string; language?: string; publisher?: string; sourceUrl?: string}
}

/** Reads the flags of `npm run import-story`. Throws `ConfigError` with a sentence and the usage. */
export function readImportConfig(args: readonly string[]): ImportConfig {
  const {values, positionals} = parseFlags(args, importUsage, {
    'dry-run': {type: 'boolean', default: false},
    publish: {type: 'boolean', default: false},
    'published-at': {type: 'string'},
    language: {type: 'string'},
    publisher: {type: 'string'},
    'source-url': {type: 'string'},
    json: {type: 'boolean', default: false},
    'allow-unplaced': {type: 'boolean', default: false},
    data: {type: 'string', default: './data'},
  })
  if (positionals.length === 0) {
    throw new ConfigError(`Name at least one file to import.\n${importUsage}`)
  }
  if (positionals.length > 1 && values['source-url'] !== undefined) {
    throw new ConfigError('--source-url is the address of one story: import its file alone.')
  }
  return {
    files: positionals,
    dryRun: values['dry-run'],
    publish: values.publish,
    json: values.json,
    allowUnplaced: values['allow-unplaced'],
    dataDirectory: resolve(values.data),
    source: {
      ...given('publishedAt', values['published-at']),
      ...given('language', values.language),
      ...given('publisher', values.publisher),
      ...given('sourceUrl', values['source-url']),
    },
  }
}

function given<Name extends string>(name: Name, value: string | undefined) {
  return value === undefined ? {} : {[name]: value}
}
