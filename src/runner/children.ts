/** A process that was started and must not outlive us. */
export interface Child {
  /** Ends it and its descendants: politely, and by force `graceMs` later. */
  end(graceMs: number): Promise<void>
  /** Ends them at once, without waiting. */
  kill(): void
}

/** The processes that run now. Every way out of this program ends them. */
export interface Children {
  add(child: Child): void
  delete(child: Child): void
  /** Ends all of them side by side; resolves when they are gone. */
  endAll(graceMs: number): Promise<void>
  /** For the process's last moment, when nothing can be waited for. */
  killAll(): void
}

export function createChildren(): Children {
  const running = new Set<Child>()
  return {
    add: child => void running.add(child),
    delete: child => void running.delete(child),
    endAll: async graceMs => {
      await Promise.all([...running].map(child => child.end(graceMs)))
    },
    killAll: () => {
      for (const child of running) child.kill()
    },
  }
}
