import {connect} from 'node:net'

/**
 * Sends bytes over a connection of their own. Resolves to the status of the answer once that has come to its end (of an
 * event stream: once it has begun), or to `undefined` when the server closes without one. With `cut` our side is closed
 * right behind the bytes, as they may not be a whole request.
 */
export function exchange(
  port: number,
  bytes: Uint8Array,
  {cut}: {cut: boolean},
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect({port, host: '127.0.0.1', allowHalfOpen: true})
    let head = ''
    const end = () => {
      socket.destroy()
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]
      resolve(status === undefined ? undefined : Number(status))
    }
    socket.setEncoding('latin1').on('data', (text: string) => {
      if (head.length < 10_000) head += text
      if (/\r\ncontent-type: text\/event-stream/i.test(head)) end()
    })
    socket.once('end', end).once('error', end).once('close', end)
    if (cut) socket.end(bytes)
    else socket.write(bytes)
  })
}
