import {arrayFunctions} from './arrayFunctions.ts'
import {dateTimeFunctions} from './dateTimeFunctions.ts'
import {deltaFunctions, diffFunctions} from './diffFunctions.ts'
import {documentsFunctions, mediaFunctions} from './documentsFunctions.ts'
import {geoFunctions} from './geo/geoFunctions.ts'
import {globalFunctions} from './globalFunctions.ts'
import {mathFunctions} from './mathFunctions.ts'
import {portableTextFunctions} from './portableTextFunctions.ts'
import {releasesFunctions, sanityFunctions} from './sanityFunctions.ts'
import {stringFunctions} from './stringFunctions.ts'
import type {FunctionTable, GroqFunction} from './table.ts'
import {textFunctions} from './textFunctions.ts'
import {userFunctions} from './userFunctions.ts'

const namespaces: {readonly [namespace: string]: FunctionTable} = {
  global: globalFunctions,
  array: arrayFunctions,
  dateTime: dateTimeFunctions,
  delta: deltaFunctions,
  diff: diffFunctions,
  documents: documentsFunctions,
  geo: geoFunctions,
  math: mathFunctions,
  media: mediaFunctions,
  pt: portableTextFunctions,
  releases: releasesFunctions,
  sanity: sanityFunctions,
  string: stringFunctions,
  text: textFunctions,
  user: userFunctions,
}

/** The function of that name; `undefined` where there is none. Functions without a namespace are in `global`. */
export function functionNamed(namespace: string, name: string): GroqFunction | undefined {
  if (!Object.hasOwn(namespaces, namespace)) return undefined
  const table = namespaces[namespace]
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
}
