/** Runs all of the work, so many at a time, in order. The first error ends it, after what is under way. */
export async function inLanes<T>(lanes: number, work: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const left = [...work]
  const lane = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      try {
        await act(one)
      } catch (error) {
        left.length = 0
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
  const failed = ended.find(one => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
