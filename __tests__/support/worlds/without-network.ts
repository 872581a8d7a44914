import { execFileSync } from 'node:child_process'

/**
 * What a command stands behind to run in a network namespace of its own, whose only interface is a loopback that is down;
 * undefined where this system gives none.
 */
export const WITHOUT_NETWORK: readonly string[] | undefined = [
  ['unshare', '-rn'],
  ['unshare', '-n'],
].find(works)

function works([file = '', ...args]: readonly string[]): boolean {
  try {
    execFileSync(file, [...args, 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
