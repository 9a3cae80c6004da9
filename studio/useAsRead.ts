import {useEffect, useState} from 'react'

/**
 * A value as the person can have read it: when it changes, the one before for so many milliseconds more. A click or a key
 * that was on its way when the change came speaks of what was there before.
 */
export function useAsRead<Value>(value: Value, milliseconds: number): Value {
  const [read, setRead] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRead(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return read
}
