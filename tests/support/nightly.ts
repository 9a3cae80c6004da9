/** Whether the long tests run (`npm run test:nightly`). */
export const nightly = process.env['DATELINE_NIGHTLY'] === '1'
