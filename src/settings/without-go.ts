import { delimiter, join } from 'node:path'
import type { Environment, Files } from '../effects.ts'
import { goEnvFile } from './go-env-file.ts'
import { restoreOriginals } from './original.ts'
import { findSource, readFiles } from './read.ts'
import type { GoSettings } from './settings.ts'

/** What decides where Go itself comes from. */
export interface FetchSettings extends Pick<GoSettings, 'GOPROXY' | 'GOSUMDB' | 'GOTOOLCHAIN' | 'goauth' | 'env'> {
  /** The first directory of GOPATH; undefined where there is none. */
  readonly gopath: string | undefined
}

export interface WithoutGoWorld {
  readonly env: Environment
  readonly files: Pick<Files, 'readText'>
  readonly platform: NodeJS.Platform
  /** Of the Go that is there, which may be any; its go.env counts. */
  readonly goroot: string | undefined
}

/** What `go env` would say of these, where there is no go to be asked, or not the right one. */
export async function readSettingsWithoutGo({
  env: given,
  files,
  platform,
  goroot,
}: WithoutGoWorld): Promise<FetchSettings> {
  const env = restoreOriginals(given)
  const values = { GOENV: goEnvFile(env, platform) ?? '', GOROOT: goroot ?? '' }
  const read = await readFiles(values, files)
  const find = (name: 'GOPROXY' | 'GOSUMDB' | 'GOTOOLCHAIN') => findSource(name, {}, env, read)
  return {
    GOPROXY: find('GOPROXY'),
    GOSUMDB: find('GOSUMDB'),
    GOTOOLCHAIN: find('GOTOOLCHAIN'),
    gopath: (env['GOPATH'] || read.user.get('GOPATH'))?.split(delimiter)[0] || homeGopath(env, platform),
    goauth: env['GOAUTH'] || read.user.get('GOAUTH') || 'netrc',
    env,
  }
}

function homeGopath(env: Environment, platform: NodeJS.Platform): string | undefined {
  const home = platform === 'win32' ? env['USERPROFILE'] : env['HOME']
  return home && join(home, 'go')
}
