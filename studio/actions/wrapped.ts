import type {DocumentActionComponent} from 'sanity'

/**
 * A wrapper of stock actions that answers the same component for the same stock action: the Studio asks for
 * the actions on every render, and a new component each time would lose its state and open dialogs.
 */
export function wrapping<Stock extends DocumentActionComponent>(
  wrap: (stock: Stock) => DocumentActionComponent,
): (stock: Stock) => DocumentActionComponent {
  const wrapped = new WeakMap<Stock, DocumentActionComponent>()
  return (stock) => {
    const before = wrapped.get(stock)
    if (before !== undefined) return before
    const action: DocumentActionComponent = wrap(stock)
    if (stock.action !== undefined) action.action = stock.action
    wrapped.set(stock, action)
    return action
  }
}
