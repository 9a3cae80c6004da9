import {availableParallelism, cpus, loadavg, totalmem} from 'node:os'

/** What the figures depend on: cores, processor, memory, Node, and what else ran in the minute before, in a line. */
export function describeMachine(): string {
  const processor = cpus()[0]?.model.trim() || 'unknown processor'
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${availableParallelism()} cores (${processor}), ${memory} GB, ${process.platform}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} before`
}
