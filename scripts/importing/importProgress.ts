/** What an import says about itself while it runs: a line a step, and on a terminal how far the step has come. */
export function importProgress(
  output: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>,
): (event: {step: string; current?: number; total?: number}) => void {
  let last: string | undefined
  return ({step, current, total}) => {
    const far = current === undefined || total === undefined ? '' : `: ${current} of ${total}`
    if (output.isTTY) {
      output.write(
        step === last ? `\r${step}${far}` : `${last === undefined ? '' : '\n'}${step}${far}`,
      )
      if (current !== undefined && current === total) output.write('\n')
    } else if (step !== last) {
      output.write(`${step} …\n`)
    }
    last = current !== undefined && current === total && output.isTTY ? undefined : step
  }
}
