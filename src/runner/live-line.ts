import { columnsOf } from '../text/columns.ts'
import { type MaybeTerminal, widthOf } from './paint.ts'

/** What a live line needs of standard error. */
export interface Terminal extends MaybeTerminal {
  write(text: string): unknown
  on?(event: 'resize', listener: () => void): unknown
  off?(event: 'resize', listener: () => void): unknown
  /** Reads its size again: on a busy machine the signal that tells of a change comes late. */
  refresh?(): void
}

/** The last line of a terminal, which is drawn over. The cursor stays visible: whatever ends the process, it is there. */
export interface LiveLine {
  /** @param layOut gives the line for so many columns */
  draw(layOut: (columns: number) => string): void
  erase(): void
}

/** Columns that stay free: for `^C`, which a terminal writes behind the line, and for the cursor. */
const FREE = 3

const ERASE_LINE = '\r\u001b[2K'
const ERASE_BELOW = '\u001b[J'

export function openLiveLine(terminal: Terminal): LiveLine {
  let drawn: string | undefined
  const columns = () => widthOf(terminal) ?? 0
  /** A terminal that became narrower has broken the line into rows, and the cursor is in the last one. */
  const eraser = (line: string) => {
    const rows = columns() > 0 ? Math.ceil(columnsOf(line) / columns()) : 1
    return rows > 1 ? `\r\u001b[${rows - 1}A${ERASE_BELOW}` : ERASE_LINE
  }
  return {
    draw(layOut) {
      terminal.refresh?.()
      const line = layOut(Math.max(0, columns() - FREE))
      if (line === drawn) return
      // In one piece: nothing is seen of an empty line.
      terminal.write(`${eraser(drawn ?? '')}${line}`)
      drawn = line
    },
    erase() {
      if (drawn === undefined) return
      terminal.refresh?.()
      terminal.write(eraser(drawn))
      drawn = undefined
    },
  }
}
