// Writes what is made from other files, between its marks: the tables of inputs and outputs in README.md from action.yml,
// the picture of rooms in CONTRIBUTING.md from the imports, the report's fields in docs/report.md and the log's keys in
// docs/logs.md from their schemas, the metrics in docs/metrics.md from their table, docs/reference.md from the command
// line's own description, and
// docs/troubleshooting.md from played failures. `--check` writes nothing: it prints what differs and exits with 1. Runs in
// the repository's root.
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'
import { readMetricsTable } from './metrics-table.mjs'
import { readReference } from './reference.mjs'
import { arrowsBetweenRooms, readSources } from './structure.mjs'
import { readTroubles } from './troubleshooting.mjs'

const logSchema = JSON.parse(readFileSync('schema/log.schema.json', 'utf8'))
const action = parse(readFileSync('action.yml', 'utf8'))
const { METRICS } = await readMetricsTable()
const documents = {
  'README.md': {
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
  },
  'docs/report.md': {
    fields: renderTable(
      ['Field', 'Type', 'Meaning'],
      fieldsOf(JSON.parse(readFileSync('schema/report.schema.json', 'utf8'))).map(({ path, schema }) => [
        renderCode(path),
        typeOf(schema),
        schema.description,
      ]),
    ),
  },
  'docs/metrics.md': {
    metrics: renderTable(
      ['Metric', 'Type', 'Unit', 'Labels', 'Meaning'],
      Object.values(METRICS).map(({ name, type, unit, labels, help }) => [
        renderCode(name),
        type,
        unit,
        labels.map(renderCode).join(', '),
        help,
      ]),
    ),
  },
  'docs/reference.md': renderReference(await readReference('.')),
  'docs/logs.md': {
    events: renderTable(
      ['`event`', 'What the line is about'],
      logSchema.properties.event.oneOf.map(({ const: name, description }) => [renderCode(name), description]),
    ),
    keys: renderTable(
      ['Key', 'Type', 'Meaning'],
      Object.entries(logSchema.properties).map(([name, schema]) => [
        renderCode(name),
        name === 'event' ? 'string' : typeOf(schema),
        schema.description,
      ]),
    ),
  },
  'docs/troubleshooting.md': renderTroubles(readTroubles()),
  'CONTRIBUTING.md': { rooms: renderRooms(arrowsBetweenRooms(readSources('.'))) },
}

for (const [path, parts] of Object.entries(documents)) {
  const before = readFileSync(path, 'utf8')
  const after = Object.entries(parts).reduce(
    (text, [name, part]) => replaceBetweenMarks(text, path, name, part),
    before,
  )
  if (after === before) continue
  if (process.argv.includes('--check')) {
    console.error(`${path} is not up to date; run npm run docs:\n${renderDifference(before, after)}`)
    process.exitCode = 1
  } else writeFileSync(path, after)
}

/** Every field of a schema, the outer ones first; one without a description is an error. */
function fieldsOf(schema, above = '') {
  const variants = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return variants.flatMap(({ properties = {}, items }) => [
    ...Object.entries(properties).flatMap(([name, inner]) => {
      const path = above === '' ? name : `${above}.${name}`
      if (!inner.description) throw new Error(`schema/report.schema.json: ${path} has no description`)
      return [{ path, schema: inner }, ...fieldsOf(inner, path)]
    }),
    ...(items === undefined ? [] : fieldsOf(items, `${above}[]`)),
  ])
}

function typeOf(schema) {
  if (schema.const !== undefined) return renderCode(JSON.stringify(schema.const))
  if (schema.enum !== undefined) return schema.enum.map(one => renderCode(JSON.stringify(one))).join(', ')
  const variants = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return variants.length > 0 ? [...new Set(variants.map(typeOf))].join(' or ') : [schema.type].flat().join(' or ')
}

/** A table for each group, whose codes link to the failure that printed these sentences. */
function renderTroubles(groups) {
  const rowsOf = troubles =>
    troubles.map(({ code, message, hint, page }) => [
      `[${renderCode(code)}](../__tests__/failures/${page})`,
      renderForeign(message),
      renderForeign(hint),
    ])
  return Object.fromEntries(
    Object.entries(groups).map(([name, troubles]) => [
      name,
      renderTable(['code', 'what you read', 'what to do'], rowsOf(troubles)),
    ]),
  )
}

/** A part for each verb; options by the input that they give. */
function renderReference({ verbs, options, exitCodes }) {
  const renderVerb = ({ path, usage, description, ownOptions, inputs }) =>
    [
      `### ${renderCode(path)}`,
      ['```text', `# ${description}`, usage, '```'].join('\n'),
      ...(ownOptions.length === 0
        ? []
        : [
            renderTable(
              ['', ''],
              ownOptions.map(([flags, meaning]) => [renderCode(flags), meaning]),
            ),
          ]),
      ...(inputs.length === 0 ? [] : [`Inputs that it uses: ${inputs.map(renderCode).join(', ')}.`]),
    ].join('\n\n')
  return {
    verbs: verbs.map(renderVerb).join('\n\n'),
    options: renderTable(
      ['Option', 'Environment variable', 'For'],
      options.map(({ flags, variable, group }) => [renderCode(flags), renderCode(variable), group]),
    ),
    'exit-codes': renderTable(
      ['Code', 'Meaning'],
      exitCodes.map(([codes, meaning]) => [codes, meaning]),
    ),
  }
}

/** URLs become code, since nothing is there; what Markdown would take for emphasis, HTML or a link shows as it was printed. */
function renderForeign(text) {
  return text
    .replace(/`[^`]*`|https?:\/\/[^\s"'`,;]*[^\s"'`,;.:)]/g, part => (part.startsWith('`') ? part : renderCode(part)))
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[*_<>[\]]/g, '\\$&')))
    .join('')
}

/** An arrow from a room, or a face, to one that it uses. */
function renderRooms(arrows) {
  return ['```mermaid', 'flowchart TD', ...arrows.map(([from, to]) => `  ${from} --> ${to}`), '```'].join('\n')
}

function replaceBetweenMarks(text, path, name, part) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const start = text.indexOf(open)
  const end = text.indexOf(close, start)
  if (start < 0 || end < 0) throw new Error(`${path} has no ${open} … ${close}`)
  return `${text.slice(0, start + open.length)}\n${part}\n${text.slice(end)}`
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
