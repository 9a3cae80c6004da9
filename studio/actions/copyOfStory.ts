import {publicationFields} from '../../editorial/publicationFields.ts'
import {isRecord} from '../../editorial/references.ts'

/** Of what readers saw of the first story, and of where it came from, a copy carries nothing. */
const left = new Set<string>([...publicationFields, 'slug', 'embargoUntil'])

/**
 * A story's copy without its publications, its address (two stories cannot share one) and the marks that let
 * the importer find the original.
 */
export function copyOfStory<Story extends {_type: string}>(story: Story): Story {
  const copy: Story = {...story}
  for (const name of left) Reflect.deleteProperty(copy, name)
  const source: unknown = Reflect.get(copy, 'source')
  if (isRecord(source)) {
    const {importId: _importId, importedAt: _importedAt, ...origin} = source
    Reflect.set(copy, 'source', origin)
  }
  return copy
}
