import type {IndexedDocument} from './keyIndexes.ts'

/** So many documents are remembered at most, and so many characters of their JSON. */
const limits = {documents: 200, characters: 8_000_000}

/** So many ids are remembered at most as those of documents that are there. */
const mostIds = 20_000

/** Documents that were written with more others come from nobody's keyboard: keeping them would only cost the garbage collector. */
const mostTogether = 10

type Remembered = {place: IndexedDocument; characters: number}

/**
 * What was written last, as it is now with everything that was appended: whoever goes on typing reads nothing. Whenever
 * something that was appended is taken back, all of it is forgotten.
 */
export class RecentDocuments {
  readonly #documents = new Map<string, Remembered>()
  readonly #present = new Set<string>()
  #characters = 0

  /** The document as it is, if it is remembered. */
  get(id: string): IndexedDocument | undefined {
    return this.#documents.get(id)?.place
  }

  /** Whether a document is known to be there; when it is not, it may be there all the same. */
  isPresent(id: string): boolean {
    return this.#present.has(id)
  }

  notePresent(id: string): void {
    if (this.#present.size >= mostIds) this.#present.clear()
    this.#present.add(id)
  }

  /** A document was written, `together` with others as one transaction. `characters`: the length of its JSON. */
  written(place: IndexedDocument, characters: number, together: number): void {
    const id = place.document._id
    this.#drop(id)
    this.notePresent(id)
    if (characters > limits.characters || together > mostTogether) return
    this.#documents.set(id, {place, characters})
    this.#characters += characters
    while (this.#documents.size > limits.documents || this.#characters > limits.characters) {
      const [oldest] = this.#documents.keys()
      if (oldest === undefined) return
      this.#drop(oldest)
    }
  }

  deleted(id: string): void {
    this.#drop(id)
    this.#present.delete(id)
  }

  forget(): void {
    this.#documents.clear()
    this.#present.clear()
    this.#characters = 0
  }

  #drop(id: string): void {
    const known = this.#documents.get(id)
    if (known === undefined) return
    this.#documents.delete(id)
    this.#characters -= known.characters
  }
}
