/** A queue with one reader: what is pushed before the end is handed out in order, then the iteration ends. */
export interface Queue<T> extends AsyncIterable<T> {
  readonly push: (item: T) => void
  readonly end: () => void
}

export function openQueue<T>(): Queue<T> {
  const items: T[] = []
  let ended = false
  let wake = () => {}
  return {
    push: item => {
      if (!ended) items.push(item)
      wake()
    },
    end: () => {
      ended = true
      wake()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const item = items.shift()
        if (item !== undefined) yield item
        else if (ended) return
        else {
          await new Promise<void>(resolve => {
            wake = resolve
          })
        }
      }
    },
  }
}
