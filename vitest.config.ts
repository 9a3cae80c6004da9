import {defineConfig} from 'vitest/config'

const nightly = process.env['DATELINE_NIGHTLY'] === '1'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'rooms',
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
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          // A person's browser on a busy machine: what is waited for comes, but not within a second.
          expect: {poll: {timeout: 15_000}},
          hookTimeout: 180_000,
          pool: 'forks',
          fileParallelism: false,
        },
      },
    ],
  },
})
