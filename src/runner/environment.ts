import type { Environment } from '../effects.ts'

/** A copy of a process's variables. On Windows, where case does not count, names are made upper case. */
export function copyEnvironment(process: {
  readonly env: Environment
  readonly platform: NodeJS.Platform
}): Environment {
  const pairs = Object.entries(process.env)
  return Object.fromEntries(
    process.platform === 'win32' ? pairs.map(([name, value]) => [name.toUpperCase(), value]) : pairs,
  )
}
