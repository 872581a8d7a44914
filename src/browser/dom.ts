import type { Shape } from '../report/page/chart.ts'

/** An element that the page has whenever this is asked for. */
export function element<T extends Element = HTMLElement>(id: string): T {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`The page has no element ${id}.`)
  return found as unknown as T
}

/** Puts pieces of a drawing in the place of what an SVG has. Titles are left out: the script shows details itself. */
export function drawShapes(svg: SVGElement, shapes: readonly Shape[]): void {
  svg.replaceChildren(
    ...shapes.map(({ tag, attributes, text }) => {
      const piece = document.createElementNS('http://www.w3.org/2000/svg', tag)
      for (const [name, value] of Object.entries(attributes))
        if (value !== undefined) piece.setAttribute(name, String(value))
      if (text !== undefined) piece.textContent = text
      return piece
    }),
  )
}
