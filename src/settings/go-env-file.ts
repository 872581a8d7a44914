import { isAbsolute, join } from 'node:path'
import type { Environment } from '../effects.ts'

/**
 * Where `go env -w` writes: as `go env GOENV` prints it, `off` included; undefined where go finds no home. Source:
 * cmd/go/internal/cfg, EnvFile; os.UserConfigDir.
 */
export function goEnvFile(env: Environment, platform: NodeJS.Platform): string | undefined {
  const { GOENV, HOME, APPDATA, XDG_CONFIG_HOME } = env
  if (GOENV) return GOENV
  if (platform === 'win32') return APPDATA && join(APPDATA, 'go', 'env')
  if (platform === 'darwin') return HOME && join(HOME, 'Library', 'Application Support', 'go', 'env')
  const directory = isAbsolute(XDG_CONFIG_HOME ?? '') ? XDG_CONFIG_HOME : HOME && join(HOME, '.config')
  return directory && join(directory, 'go', 'env')
}
