import type {DocumentActionComponent} from 'sanity'
import {expect, test} from 'vitest'

import {wrapping} from './wrapped.ts'

test('the same stock action gives the same component, another gives another', () => {
  const stock: DocumentActionComponent = () => ({label: 'Delete'})
  stock.action = 'delete'
  const other: DocumentActionComponent = () => null
  const wrap = wrapping((action) => (props) => action(props))
  expect(wrap(stock)).toBe(wrap(stock))
  expect(wrap(stock)).not.toBe(wrap(other))
  expect(wrap(stock).action).toBe('delete')
})
