import {iconAddress} from './icon.ts'

/** The workspace's icon in the Studio's navigation bar. */
export function DatelineIcon() {
  return <img src={iconAddress} alt="" width="100%" height="100%" />
}
