import sharp from 'sharp'

/** A photograph-like JPEG with something to look at left of its middle. */
export async function photograph(): Promise<Buffer> {
  const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1067">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#8fb3cf"/><stop offset="1" stop-color="#e8d9c3"/></linearGradient></defs>
    <rect width="1600" height="1067" fill="url(#sky)"/>
    <rect y="760" width="1600" height="307" fill="#6d7468"/>
    <path d="M250 760 L330 470 L410 760 Z" fill="#7c3b33"/><circle cx="330" cy="440" r="42" fill="#d8a531"/>
  </svg>`
  return await sharp(Buffer.from(scene)).jpeg({quality: 85}).toBuffer()
}
