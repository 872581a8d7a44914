type End = () => Promise<unknown>

/** Has `end` run when the work is over. */
export type Defer = (end: End) => void

/** Does `work`, then what it deferred, the last one first, even if one of them throws: Go's `defer`. */
export async function withDefer<T>(work: (defer: Defer) => Promise<T>): Promise<T> {
  const ends: End[] = []
  try {
    return await work(end => void ends.push(end))
  } finally {
    await endAll(ends)
  }
}

async function endAll(ends: End[]): Promise<void> {
  const last = ends.pop()
  if (last === undefined) return
  try {
    await last()
  } finally {
    await endAll(ends)
  }
}
