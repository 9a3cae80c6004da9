import {storyId} from '../newsroom/stories.ts'
import {authorId, topicId} from '../newsroom/surroundings.ts'

/**
 * A thousand different questions to listen to, as many Studios would ask them. The first two are about the draft that is
 * being written, and the third of the first ten hears of it as well, being about its type; none of the others from the
 * eleventh on is about it.
 */
export function listenQueries(draft: string): string[] {
  const published = draft.replace('drafts.', '')
  const open = [
    `*[_id in ["${published}", "${draft}"]]`,
    `*[sanity::versionOf("${published}")]`,
    '*[_type == "article"]',
    '*[_type in ["author", "topic"]]',
    '*[_type == "system.release"]',
    `*[_type == "breakingNews" && article._ref == "${published}"]`,
    '*[_type == "sanity.imageAsset"]',
    '*[_id == "siteSettings"]',
    `*[_type == "article" && references("${topicId(7)}") && killed.at > "2026"]`,
    `*[_id in ["editorial.${published}", "newsroom.receipt.${published}"]]`,
  ]
  const others = Array.from({length: 990}, (_, number) => otherQuery(number + 1))
  return [...open, ...others]
}

/** What somebody who works on something else listens to. */
function otherQuery(number: number): string {
  const id = storyId(number)
  const kinds = [
    `*[_id in ["${id}", "drafts.${id}"]]`,
    `*[sanity::versionOf("${id}")]`,
    `*[_type == "article" && slug.current == "address-${number}"]`,
    `*[_type == "author" && _id == "${authorId(number)}"]`,
    `*[_type == "breakingNews" && article._ref == "${id}"]`,
  ]
  return kinds[number % kinds.length] ?? ''
}
