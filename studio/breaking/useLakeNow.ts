import {useEffect, useState} from 'react'

/** The lake's time, moving on every `tick` milliseconds. `ahead` is how far its clock is before this machine's. */
export function useLakeNow(ahead: number, tick = 1000): Date {
  const [machine, setMachine] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setMachine(Date.now()), tick)
    return () => clearInterval(timer)
  }, [tick])
  return new Date(machine + ahead)
}
