import { escapeHtml } from '../escape.ts'
import type { Shape } from './chart.ts'

/** One column of a table. */
export interface Column {
  readonly title: string
  /** `n`: figures, which stand on the right; `b`: figures above a bar. */
  readonly kind?: 'n' | 'b'
}

/** A table in a frame that scrolls where the page is narrow. @param rows finished HTML */
export function renderTable(
  { caption, id }: { readonly caption: string; readonly id: string },
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const kind = (column: Column | undefined) => (column?.kind === undefined ? '' : ` class="${column.kind}"`)
  const head = columns.map(column => `<th scope="col"${kind(column)}>${column.title}</th>`).join('')
  // End tags of cells and rows may be left out, which makes a page of 5,000 modules smaller.
  const body = rows.map(cells => `<tr>${cells.map((cell, i) => `<td${kind(columns[i])}>${cell}`).join('')}`)
  return `<div class="frame" tabindex="0" role="region" aria-label="${caption}">
<table id="${id}">
<caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>
</div>`
}

export function renderSection(id: string, title: string, content: string): string {
  return `<section aria-labelledby="${id}-title">\n<h2 id="${id}-title">${title}</h2>\n${content}\n</section>`
}

/** Pieces of a drawing as SVG. */
export function renderShapes(shapes: readonly Shape[]): string {
  return shapes.map(renderShape).join('\n')
}

function renderShape({ tag, attributes, text, title }: Shape): string {
  const own = tag === 'rect' ? attributesOfBar(attributes) : attributesOf(attributes)
  const content = text === undefined ? '' : escapeHtml(text)
  const told = title === undefined ? '' : `<title>${escapeHtml(title)}</title>`
  return content === '' && told === '' ? `<${tag}${own}/>` : `<${tag}${own}>${told}${content}</${tag}>`
}

function attributesOf(attributes: Shape['attributes']): string {
  return Object.entries(attributes)
    .map(([name, value]) => attribute(name, value))
    .join('')
}

/** The same of a rectangle, of which there are thousands: going through names takes several times as long. */
function attributesOfBar({ class: kind, x, y, width, height, 'data-at': at }: Shape['attributes']): string {
  const place = `${attribute('x', x)}${attribute('y', y)}${attribute('width', width)}${attribute('height', height)}`
  return `${attribute('class', kind)}${place}${attribute('data-at', at)}`
}

function attribute(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : ` ${name}="${value}"`
}
