import type { Paint } from '../effects.ts'

/** Where a text is shown. */
export interface Screen {
  /** Its width; undefined: lines may be of any length, as in a file. */
  readonly columns: number | undefined
  /** Gives a text a colour where there is any. */
  readonly paint: Paint
}

/** A screen without colour. @param columns its width */
export function plainScreen(columns: number | undefined): Screen {
  return { columns, paint: (_style, text) => text }
}
