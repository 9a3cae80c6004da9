/**
 * What waits for slow readers, all of them together. One connection's limit alone would let a thousand that stopped reading
 * hold a thousand times as much.
 */
export type WaitingBytes = {
  /** Counts another connection in; `cut` ends it and lets go of what waits for it. */
  open(cut: () => void): Waiting
}

type Waiting = {
  /** Says how many bytes wait now. May cut this connection or others. */
  is(bytes: number): void
  close(): void
}

type Connection = {bytes: number; cut(): void}

/** `most`: in bytes. When more waits, connections are cut, those first for which the most waits. */
export function createWaitingBytes(most: number): WaitingBytes {
  const behind = new Set<Connection>()
  let total = 0

  function note(connection: Connection, bytes: number): void {
    total += bytes - connection.bytes
    connection.bytes = bytes
    if (bytes > 0) behind.add(connection)
    else behind.delete(connection)
  }

  function makeRoom(): void {
    if (total <= most) return
    for (const connection of [...behind].toSorted((one, other) => other.bytes - one.bytes)) {
      if (total <= most) return
      note(connection, 0)
      connection.cut()
    }
  }

  return {
    open(cut) {
      const connection: Connection = {bytes: 0, cut}
      let open = true
      return {
        is(bytes) {
          if (!open) return
          note(connection, bytes)
          makeRoom()
        },
        close() {
          open = false
          note(connection, 0)
        },
      }
    },
  }
}
