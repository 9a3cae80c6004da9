import {existsSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'

import {z} from 'zod'

import {startProduct, withDataFolder, type MeasuredProduct} from '../support/product.ts'

const usage = z.object({rss: z.number(), heapUsed: z.number(), external: z.number()})

/** Bytes, after a collection of garbage. */
export type Memory = {heapAndExternal: number; resident: number}

export type ProbedProduct = MeasuredProduct & {
  dataDirectory: string
  memory(): Promise<Memory>
  /** Seconds of processor time that the server has used since it began. */
  cpuSeconds(): number
}

/** Clock ticks a second in `/proc`, which every Linux has at 100. */
const ticksPerSecond = 100

/** Runs with the product as `npm start` runs it, and with a way to ask for its memory. */
export function withProbedProduct<Answer>(
  run: (product: ProbedProduct) => Promise<Answer>,
): Promise<Answer> {
  return withDataFolder(async (dataDirectory) => {
    const file = `${dataDirectory}-memory.json`
    const probe = join(import.meta.dirname, 'memoryProbe.mjs')
    const product = await startProduct(dataDirectory, {
      NODE_OPTIONS: `--expose-gc --import ${probe}`,
      DATELINE_BENCH_MEMORY: file,
    })
    const memory = async () => {
      rmSync(file, {force: true})
      process.kill(product.pid, 'SIGUSR2')
      while (!existsSync(file)) await setTimeout(20)
      const {rss, heapUsed, external} = usage.parse(JSON.parse(readFileSync(file, 'utf8')))
      return {heapAndExternal: heapUsed + external, resident: rss}
    }
    const cpuSeconds = () => {
      const stat = readFileSync(`/proc/${product.pid}/stat`, 'utf8')
      const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14)
      return (Number(user) + Number(system)) / ticksPerSecond
    }
    try {
      return await run({...product, dataDirectory, memory, cpuSeconds})
    } finally {
      await product.stop()
    }
  })
}

/** How many files and connections a process may have open here. */
export function openFilesLimit(): number {
  const limits = readFileSync('/proc/self/limits', 'utf8')
  return Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Infinity)
}
