import type { Progress, Share } from '../effects.ts'
import { columnsOf } from '../text/columns.ts'
import { type KnownRate, type RateWatch, watchRate } from './rate-watch.ts'

/** What a progress line says, most important first. */
export interface ProgressWords {
  /** What the bar makes room for. */
  readonly essential: readonly string[]
  readonly more: readonly string[]
  readonly done: Share | undefined
}

/** Puts rate and remaining time into words, from what it has seen before. */
export function progressWording(): (progress: Progress, nowMs: number) => ProgressWords {
  let phase: string | undefined
  let watch: RateWatch = watchRate()
  return (progress, nowMs) => {
    if (progress.phase !== phase) watch = watchRate()
    phase = progress.phase
    const { bytes, done } = progress
    const counted = bytes === undefined ? done && { moved: done.of, left: done.total - done.of } : bytes
    const known = counted && watch.note({ nowMs, amount: counted.moved, left: counted.left })
    return { ...wordsOf(progress, known, nowMs), done }
  }
}

function wordsOf(
  { what, bytes, sinceMs, endMs, more = [] }: Progress,
  known: KnownRate | undefined,
  nowMs: number,
): Omit<ProgressWords, 'done'> {
  const passedMs = Math.max(0, nowMs - sinceMs)
  const moved = bytes === undefined || bytes.moved === 0 ? undefined : sizeOf(bytes.moved)
  const passed = passedMs < 1_000 ? undefined : inWords(passedMs)
  const soFar = moved !== undefined && passed !== undefined ? `${moved} in ${passed}` : (moved ?? passed)
  const rate = bytes === undefined || known?.perSecond === undefined ? undefined : `${sizeOf(known.perSecond)}/s`
  const left =
    known?.leftMs !== undefined
      ? `${inWords(known.leftMs)} left`
      : endMs !== undefined && endMs - nowMs >= 1_000
        ? `< ${inWords(endMs - nowMs + 1_000)} left`
        : undefined
  const given = (words: readonly (string | undefined)[]) => words.filter(word => word !== undefined)
  return left === undefined
    ? { essential: given([what, rate, soFar]), more }
    : { essential: given([what, rate, left]), more: given([soFar, ...more]) }
}

/** With as many digits whatever the size, so that what follows does not move. */
function sizeOf(bytes: number): string {
  if (bytes < 999_500) return `${Math.round(bytes / 1e3)} kB`
  return bytes < 999.95e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

/** Whole seconds. */
function inWords(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** The longest of these that leaves room for what is essential. */
const BAR_CELLS = [20, 10, 5]

/** The line as it fits: the bar, and as many of the words as there is room for, whole ones only. */
export function layOutProgress({ essential, more, done }: ProgressWords, columns: number): string {
  const room = columns - columnsOf(essential.join(', ')) - 1
  const cells = done === undefined ? undefined : BAR_CELLS.find(length => length <= room)
  const bar = done === undefined || cells === undefined ? '' : `${drawBar(done, cells)} `
  return bar + fitting([...essential, ...more], columns - columnsOf(bar))
}

function drawBar({ of, total }: Share, cells: number): string {
  const share = total > 0 ? Math.min(1, Math.max(0, of / total)) : 0
  const full = Math.floor(share * cells)
  return `${'█'.repeat(full)}${'·'.repeat(cells - full)}`
}

function fitting(parts: readonly string[], columns: number): string {
  let text = ''
  for (const part of parts) {
    const longer = text === '' ? part : `${text}, ${part}`
    if (columnsOf(longer) > columns) break
    text = longer
  }
  return text
}
