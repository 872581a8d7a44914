import { styleText } from 'node:util'
import type { Environment, Paint } from '../effects.ts'

/** What is asked of a stream that may be a terminal. */
export interface MaybeTerminal {
  readonly isTTY?: boolean
  readonly columns?: number
}

export type Style = Parameters<typeof styleText>[0]
export type Painter = (style: Style, text: string) => string

/** A terminal that obeys nothing but line ends, and that of a CI system, which keeps what it shows as a file. */
export function isDumb(env: Environment): boolean {
  return env['TERM'] === 'dumb' || !['', '0', 'false', undefined].includes(env['CI'])
}

/** Whether a stream gets colours: a terminal that has them, unless the user wants none. Source: no-color.org. */
export function hasColor({ isTTY }: MaybeTerminal, env: Environment): boolean {
  return isTTY === true && !env['NO_COLOR'] && !isDumb(env)
}

export function painter(color: boolean): Painter {
  return (style, text) => (color ? styleText(style, text, OWN_DECISION) : text)
}

/**
 * Styles for texts that are still to be cleaned and broken: they are remembered while the texts are made, and applied to
 * the finished rows in the same order.
 */
export function collectStyles(paint: Painter): { readonly collect: Paint; readonly apply: (row: string) => string } {
  const wanted: { readonly style: Style; readonly text: string }[] = []
  return {
    collect: (style, text) => {
      if (text.trim() !== '') wanted.push({ style, text: text.trim() })
      return text
    },
    apply: row => {
      let [styled, rest] = ['', row]
      for (let next = wanted[0]; next !== undefined; next = wanted[0]) {
        const at = rest.indexOf(next.text)
        if (at < 0) break
        wanted.shift()
        const end = at + next.text.length
        styled += rest.slice(0, at) + paint(next.style, rest.slice(at, end))
        rest = rest.slice(end)
      }
      return styled + rest
    },
  }
}

/** Newer Nodes would look at standard output, which may not be where the text goes. */
const OWN_DECISION = { validateStream: false }

/** A terminal that does not tell its width has the usual one. */
const USUAL_COLUMNS = 80

/** A terminal's width; undefined of what is none. */
export function widthOf({ isTTY, columns }: MaybeTerminal): number | undefined {
  return isTTY === true ? columns || USUAL_COLUMNS : undefined
}
