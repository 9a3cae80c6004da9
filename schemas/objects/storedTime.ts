import {defineField} from '@sanity/types'
import {timeHasStoredForm} from '../validation/times.ts'

type StoredTime = {name: string; title: string; description?: string; required?: string}

/**
 * A point in time as a field. The Studio's input writes exactly the stored form (`Date.toISOString`);
 * the rule is for documents that come from elsewhere. `required` is the sentence for a missing time.
 */
export function storedTime({name, title, description, required}: StoredTime) {
  return defineField({
    name,
    title,
    type: 'datetime',
    ...(description === undefined ? {} : {description}),
    validation: (rule) => [
      rule.custom(timeHasStoredForm),
      ...(required === undefined ? [] : [rule.required().error(required)]),
    ],
  })
}
