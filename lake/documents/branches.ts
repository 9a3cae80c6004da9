/**
 * Remembers what was found in a branch of a document while something holds the branch. A document is never changed
 * in place, and a keystroke makes a new one out of the branches of the last: all but one have been looked at before.
 */
export function rememberedByBranch<Answer>(
  look: (branch: object) => Answer,
): (branch: object) => Answer {
  const found = new WeakMap<object, {answer: Answer}>()
  return (branch) => {
    const known = found.get(branch)
    if (known) return known.answer
    const answer = look(branch)
    found.set(branch, {answer})
    return answer
  }
}
