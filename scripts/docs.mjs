// Writes the tables of inputs and outputs in README.md, which are made from action.yml, between their marks.
// `--check` writes nothing: it prints what differs and exits with 1. Runs in the repository's root.
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

const action = parse(readFileSync('action.yml', 'utf8'))
const before = readFileSync('README.md', 'utf8')
const tables = {
  inputs: renderTable(
    ['Input', 'Default', 'Meaning'],
    Object.entries(action.inputs).map(([name, { default: value, description }]) => [
      renderCode(name),
      value === '' ? '' : renderCode(value),
      description,
    ]),
  ),
  outputs: renderTable(
    ['Output', 'Meaning'],
    Object.entries(action.outputs).map(([name, { description }]) => [renderCode(name), description]),
  ),
}
const after = Object.entries(tables).reduce((text, [name, table]) => replaceBetweenMarks(text, name, table), before)

if (!process.argv.includes('--check')) {
  writeFileSync('README.md', after)
} else if (after !== before) {
  console.error(`README.md is not up to date with action.yml; run npm run docs:\n${renderDifference(before, after)}`)
  process.exitCode = 1
}

function replaceBetweenMarks(text, name, table) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const start = text.indexOf(open)
  const end = text.indexOf(close, start)
  if (start < 0 || end < 0) throw new Error(`README.md has no ${open} … ${close}`)
  return `${text.slice(0, start + open.length)}\n${table}\n${text.slice(end)}`
}

function renderTable(head, rows) {
  const lines = [head, head.map(() => '---'), ...rows.map(row => row.map(renderCell))]
  return lines.map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

/** A bar would end the cell, a line end the row. */
function renderCell(text) {
  return text
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')
}

function renderCode(text) {
  return `\`${text}\``
}

/** The lines that only one of the two has, in order. */
function renderDifference(before, after) {
  const [old, fresh] = [before, after].map(text => text.split('\n'))
  const without = (lines, others, sign) => lines.filter(line => !others.includes(line)).map(line => `${sign} ${line}`)
  return [...without(old, fresh, '-'), ...without(fresh, old, '+')].join('\n')
}
