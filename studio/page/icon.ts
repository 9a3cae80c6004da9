/** A sheet with a headline, a dateline mark and text: three strokes that hold at 16 pixels. */
export const iconSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="#1d2430"/><path d="M5 7h14" stroke="#fff" stroke-width="2.6"/><path d="M5 12h4" stroke="#f0554a" stroke-width="2.6"/><path d="M11 12h8M5 17h14" stroke="#fff" stroke-width="1.8" opacity=".75"/></svg>'

/** The icon as an address that needs no request. */
export const iconAddress = `data:image/svg+xml,${encodeURIComponent(iconSvg)}`
