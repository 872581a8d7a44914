import { readFileSync } from 'node:fs'
import { isFull } from '../errors.ts'

/** How many files and sockets this process may have open (Node has raised the soft limit to the hard one); undefined where the system does not tell. */
export function readOpenFilesLimit(path = '/proc/self/limits'): number | undefined {
  try {
    const limit = /^Max open files\s+(\d+)/m.exec(readFileSync(path, 'utf8'))?.[1]
    return limit === undefined ? undefined : Number(limit)
  } catch {
    return undefined
  }
}

const PAUSE_MS = 20
/** 20 s: a descriptor of ours is free again as soon as a request ends. */
export const TRIES = 1000

/** The same of a message that has lost its error. */
export function isFullText(text: string): boolean {
  return /\b(EMFILE|ENFILE)\b/.test(text)
}

/** Does it again until a descriptor is free for it; rejects with its last error. */
async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!isFull(error) || tries >= TRIES) throw error
    }
    await pauseForDescriptor()
  }
}

export function pauseForDescriptor(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, PAUSE_MS))
}

/** The same object, whose methods wait for a free descriptor. */
export function waitingForDescriptors<T extends object>(methods: T): T {
  const patient = Object.entries(methods).map(([name, method]) => [
    name,
    (...args: unknown[]) => whenFree(async () => (method as (...args: unknown[]) => unknown)(...args)),
  ])
  return Object.fromEntries(patient) as T
}
