export { count } from '../text/count.ts'

/** What was not measured. */
export const UNKNOWN = '–'

type Quantity = number | null | undefined

/** `0.4 ms`, `340 ms`, `1.2 s`, `3 min 5 s`, `1 h 2 min`. */
export function formatMs(ms: Quantity): string {
  if (!isKnown(ms)) return UNKNOWN
  if (ms < 9.95) return `${trim(ms)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 99_950) return `${trim(ms / 1000)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

export function formatSeconds(seconds: Quantity): string {
  return isKnown(seconds) ? formatMs(seconds * 1000) : UNKNOWN
}

/** Decimal units, as networks are measured: `812 B`, `48 kB`, `12.4 MB`. */
export function formatBytes(bytes: Quantity): string {
  if (!isKnown(bytes)) return UNKNOWN
  if (bytes < 999.5) return `${Math.round(bytes)} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1e3)} kB`
  if (bytes < 999.95e6) return `${trim(bytes / 1e6)} MB`
  return `${trim(bytes / 1e9)} GB`
}

export function formatRate(bytesPerSecond: Quantity): string {
  return isKnown(bytesPerSecond) ? `${formatBytes(bytesPerSecond)}/s` : UNKNOWN
}

function isKnown(quantity: Quantity): quantity is number {
  return quantity !== null && quantity !== undefined && Number.isFinite(quantity)
}

/** One decimal, but no `.0`. */
function trim(number: number): string {
  return number.toFixed(1).replace(/\.0$/, '')
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
