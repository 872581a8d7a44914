import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { isPlainEntry, isPlainKey } from './plain-git-config.ts'

/**
 * One more entry of git's configuration behind those that the environment has, for a child that inherits it. Source:
 * git-config(1), GIT_CONFIG_COUNT.
 * @param isEarlier whether an entry was made by an earlier use in this job. Ours then stands before the first of them,
 *   too: of two equal rewrites git takes the one it reads first, and of everything else the last
 */
export function appendGitConfig(
  key: string,
  value: string,
  env: Environment,
  isEarlier: (value: string) => boolean = () => false,
): Environment {
  const entries = Array.from({ length: countEntries(env) }, (_, i) => ({
    key: env[`GIT_CONFIG_KEY_${i}`],
    value: env[`GIT_CONFIG_VALUE_${i}`],
  }))
  const first = entries.findIndex(entry => isEarlier(entry.value ?? ''))
  const start = first < 0 ? entries.length : first
  const all = first < 0 ? [{ key, value }] : [{ key, value }, ...entries.slice(first), { key, value }]
  return {
    GIT_CONFIG_COUNT: String(start + all.length),
    ...Object.fromEntries(
      all.flatMap((entry, i) => [
        [`GIT_CONFIG_KEY_${start + i}`, entry.key],
        [`GIT_CONFIG_VALUE_${start + i}`, entry.value],
      ]),
    ),
  }
}

/** What later steps are given of git's configuration. */
export interface ExportedGitConfig {
  readonly variables: Environment
  readonly warnings: readonly Problem[]
}

/**
 * The same for later steps. We cannot see whether existing entries are the job's or only this step's, and git refuses to
 * work if the count names an entry that is missing. So we export them with ours; if they are the job's, nothing changes.
 * If one of them may contain a secret, we export nothing.
 */
export function exportGitConfig(
  key: string,
  value: string,
  env: Environment,
  isEarlier?: (value: string) => boolean,
): ExportedGitConfig {
  const count = countEntries(env)
  const entries = Object.entries(env).filter(([name]) => {
    const [, index] = /^GIT_CONFIG_(?:KEY|VALUE)_(\d+)$/.exec(name) ?? []
    return index !== undefined && Number(index) < count
  })
  for (let i = 0; i < count; i++) {
    const [name, value] = [env[`GIT_CONFIG_KEY_${i}`] ?? '', env[`GIT_CONFIG_VALUE_${i}`] ?? '']
    if (!isPlainEntry(name, value))
      return {
        variables: {},
        warnings: [notExported(isPlainKey(name) ? `GIT_CONFIG_VALUE_${i}` : `GIT_CONFIG_KEY_${i}`)],
      }
  }
  return { variables: { ...Object.fromEntries(entries), ...appendGitConfig(key, value, env, isEarlier) }, warnings: [] }
}

function countEntries(env: Environment): number {
  const count = Number(env['GIT_CONFIG_COUNT'] ?? 0)
  return Number.isInteger(count) && count > 0 ? count : 0
}

function notExported(name: string): Problem {
  return {
    code: 'CREDENTIALS_GIT_CONFIG',
    message: `${name} may contain a secret, and git in later steps would need it together with our entries. So nothing for git is exported, and go in later steps clones without the credentials given here.`,
    hint: 'Move that entry to a git configuration file, or give the secret in `credentials` or `ssh-key` instead.',
  }
}
