/**
 * A rule about changes that the store holds every transaction to, whoever sends it. `applies` and `allows` are
 * GROQ in delta mode, asked for each changed document before anything is written: `before()` and `after()` are
 * its two states (null where there is none), `*` is the dataset as the transaction will leave it. Bound are
 * `$id`, `$userId`, `$roles` (names), `$now` (the transaction's time) and `$was` (the documents that the
 * transaction changes, as they were).
 */
export type Guard = {
  /** Unique, for programs. */
  name: string
  /** What the refused person is told: what is wrong, and what to do. */
  sentence: string
  /** Which changes it judges. */
  applies: string
  /** Asked where `applies` is true; anything but true refuses the whole transaction. */
  allows: string
}
