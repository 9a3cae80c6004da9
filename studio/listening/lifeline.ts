/**
 * Tells one page or worker that another one is gone. A message port says nothing when its other end closes
 * or crashes; a Web Lock does: the browser gives it to the next in line the moment its holder is gone. Where there are no
 * locks (pages over plain http under a name other than localhost) only `pagehide` is left, so a tab that crashes
 * leaves its listeners open until the browser's last tab is closed.
 */
export async function holdLifeline(name: string): Promise<string | undefined> {
  const {locks} = navigator
  // The types say that locks are everywhere; insecure contexts have none.
  if (!('locks' in navigator)) return undefined
  await new Promise<void>((held) => {
    void locks.request(name, async () => {
      held()
      await new Promise(() => undefined)
    })
  })
  return name
}

/** Calls back once whoever holds the lifeline is gone. */
export function whenLifelineEnds(name: string, callback: () => void): void {
  void navigator.locks.request(name, () => callback())
}
