import {watch} from 'node:fs'
import {join} from 'node:path'

/** What the server runs. The Studio's own room is its development server's business. */
const rooms = [
  'editorial',
  'ingest',
  'lake',
  'queries',
  'schemas',
  'scripts',
  'site',
  'syndication',
] as const

/** Editors save by several steps, and a branch changes many files: they are told once. */
const quietMilliseconds = 150

/** Tells of a changed file of the server's rooms, tests left out. Answers the way to stop. */
export function watchRooms(projectDirectory: string, onChange: (file: string) => void): () => void {
  let pending: NodeJS.Timeout | undefined
  const watchers = rooms.map((room) =>
    watch(join(projectDirectory, room), {recursive: true}, (_event, name) => {
      if (name === null || /\.test\.tsx?$|\.md$|~$|(^|\/)\./.test(name)) return
      clearTimeout(pending)
      pending = setTimeout(() => onChange(`${room}/${name}`), quietMilliseconds)
    }),
  )
  return () => {
    clearTimeout(pending)
    for (const watcher of watchers) watcher.close()
  }
}
