/**
 * The Studio warns that six connections over HTTP/1.1 are few. They are enough here: all listeners of a
 * browser share one (docs/decisions/0001-one-listening-connection.md). This is its own "Don't show again".
 */
export function quietProtocolWarning(storage: Pick<Storage, 'setItem'>, now: Date): void {
  storage.setItem('sanity-studio.network.check.snooze', now.toISOString())
}
