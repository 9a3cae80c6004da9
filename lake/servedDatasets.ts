import {join} from 'node:path'

import type {Addresses} from './access/hosts.ts'
import {createAssetStore, type AssetStore} from './assets/assetStore.ts'
import type {Dataset} from './documents/dataset.ts'
import {openDataset, type DatasetOptions} from './documents/openDataset.ts'
import type {LakeEnvironment} from './environment.ts'
import {httpError} from './errors.ts'
import {createLiveHub, type LiveHub} from './live/hub.ts'
import {createLiveEvents, type LiveEvents} from './live/liveEvents.ts'
import type {DataFolder} from './store/accountsFolder.ts'

/** A dataset with what is served around it. */
export type ServedDataset = {
  dataset: Dataset
  assets: AssetStore
  live: LiveHub
  liveEvents: LiveEvents
}

export type ServedDatasets = {
  /** Throws `LakeError` `datasetUnknown` (404). */
  find(name: string): ServedDataset
  close(): Promise<void>
}

/** Opens every dataset of a lake. Throws `LakeError` `storeNewer`, with those already open closed again. */
export async function openServedDatasets(parts: {
  names: readonly string[]
  folder: DataFolder
  addresses: Addresses
  environment: LakeEnvironment
  rules: Pick<DatasetOptions, 'guards' | 'check'>
}): Promise<ServedDatasets> {
  const {names, folder, addresses, environment, rules} = parts
  const {projectId, publicUrl} = addresses
  const open = new Map<string, ServedDataset>()
  const close = async () => {
    for (const {dataset, live, liveEvents} of open.values()) {
      live.close()
      liveEvents.close()
      await dataset.close()
    }
    open.clear()
  }
  try {
    for (const name of names) {
      const file = folder.dataset(name)
      const dataset = await openDataset({name, projectId, file, environment, ...rules})
      const live = createLiveHub({dataset, environment})
      const liveEvents = createLiveEvents({dataset, environment})
      const assets = createAssetStore({
        directory: join(folder.assets, name),
        projectId,
        dataset,
        publicUrl: publicUrl.origin,
        environment,
      })
      open.set(name, {dataset, live, liveEvents, assets})
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    find(name) {
      const found = open.get(name)
      if (found) return found
      throw httpError(
        404,
        'datasetUnknown',
        `Dataset "${name}" not found for project ID "${projectId}"`,
        {attributes: {type: 'dataset'}},
      )
    },
    close,
  }
}
