import {join} from 'node:path'

import {defineConfig} from 'vitest/config'

import {nightly} from './tests/support/nightly.ts'
import {browsersAtATime, filesAtATime, readersAtATime} from './tests/support/sideBySide.ts'

/** Node keeps what it has compiled, for the many processes that load the same modules. */
const env = {NODE_COMPILE_CACHE: join(import.meta.dirname, 'test-results', 'compiled')}
const browsing = {
  env,
  testTimeout: 240_000,
  // A person's browser on a busy machine: what is waited for comes, but not within a second.
  expect: {poll: {timeout: 60_000}},
  hookTimeout: 240_000,
  pool: 'forks',
} as const

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'rooms',
          env,
          setupFiles: ['tests/support/seed.ts'],
          include: ['**/*.test.ts'],
          exclude: [
            'node_modules/**',
            'dist/**',
            'tests/e2e/**',
            ...(nightly ? [] : ['tests/nightly/**']),
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          pool: 'forks',
          maxWorkers: filesAtATime,
          sequence: {groupOrder: 0},
        },
      },
      {
        test: {
          ...browsing,
          name: 'readers',
          include: ['tests/e2e/readers/**/*.test.ts'],
          maxWorkers: readersAtATime,
          sequence: {groupOrder: 1},
        },
      },
      {
        test: {
          ...browsing,
          name: 'browser',
          include: ['tests/e2e/*.test.ts'],
          maxWorkers: browsersAtATime,
          sequence: {groupOrder: 2},
        },
      },
    ],
  },
})
