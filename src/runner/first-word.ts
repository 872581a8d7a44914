import { appendFileSync } from 'node:fs'
import type { Environment } from '../effects.ts'

/**
 * Saves one state for the post step before anything else is loaded: without the toolkit, which takes longer to load
 * than all that is done here. Where the runner gave no file nothing is saved, and nothing said either: the toolkit's
 * own words come soon enough.
 * @param name  without `=`  @param value  without a line break
 */
export function saveFirstState(name: string, value: string, env: Environment): void {
  try {
    if (env['GITHUB_STATE']) appendFileSync(env['GITHUB_STATE'], `${name}=${value}\n`)
  } catch {
    // As above.
  }
}
