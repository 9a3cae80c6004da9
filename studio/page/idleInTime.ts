/**
 * A script for the Studio's page, to run before all others. The Studio's validation asks the browser for an idle moment
 * before each field, without saying when it must come at the latest, and a browser need not ever have one: on a busy
 * machine a story was seen to stay "being checked" for fifty seconds (docs/decisions/0011-idle-time.md). Here it comes
 * after 50 milliseconds, which is as long as a browser lets one idle period last.
 */
export const idleInTime =
  'const idle=window.requestIdleCallback;' +
  'if(idle)window.requestIdleCallback=(work,options)=>idle.call(window,work,{timeout:50,...options})'
