import { readdirSync, readFileSync } from 'node:fs'

/** Whether processes can be looked up by what is in their environment. */
export const canFindProcesses = process.platform === 'linux'

/** Ids of running processes in whose environment this text stands, such as the path of a test's own module cache. */
export function processesWith(text: string): readonly number[] {
  const ids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return ids.map(Number).filter(id => id !== process.pid && environmentOf(id).includes(text))
}

/** Empty for a process that is gone, that is none of ours, or that only waits for its parent to notice its end. */
function environmentOf(id: number): string {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8')
  } catch {
    return ''
  }
}
