/** Calls back again and again until the returned function is called. */
export type Ticker = (everyMs: number, callback: () => void) => () => void

/** The machine's. It keeps no process alive. */
export const systemTicker: Ticker = (everyMs, callback) => {
  const timer = setInterval(callback, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
