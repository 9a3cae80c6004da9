import {BellIcon} from '@sanity/icons/Bell'
import {BoltIcon} from '@sanity/icons/Bolt'
import {CogIcon} from '@sanity/icons/Cog'
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {ImageIcon} from '@sanity/icons/Image'
import {TagIcon} from '@sanity/icons/Tag'
import {UserIcon} from '@sanity/icons/User'
import type {SchemaTypeDefinition} from 'sanity'
import type {ComponentType} from 'react'

const icons: {[typeName: string]: ComponentType} = {
  article: DocumentTextIcon,
  author: UserIcon,
  breakingLog: BellIcon,
  breakingNews: BoltIcon,
  figureWithCaption: ImageIcon,
  siteSettings: CogIcon,
  topic: TagIcon,
}

/** The types with the Studio's icons: `schemas/` runs in plain Node and knows none. */
export function withIcons(types: readonly SchemaTypeDefinition[]): SchemaTypeDefinition[] {
  return types.map((type) => {
    const icon = icons[type.name]
    return icon === undefined ? type : {...type, icon}
  })
}

const creatable = new Set(['article', 'author', 'topic'])

/** Whether people make documents of this type themselves; our dialogs and the lake make all others. */
export function isCreatable(typeName: string): boolean {
  return creatable.has(typeName)
}
