import { Option } from 'commander'
import { describeAllowed } from './allowed.ts'
import { INPUT_NAMES, INPUTS, type InputName, type InputRow, rowOf } from './table.ts'

/** The options of one input; several when it has another name. Values stay text: `readInputs` checks them all at once. */
export function optionsOf(name: InputName): readonly Option[] {
  const row = rowOf(name)
  if (row.faces?.includes('command') === false) return []
  if (row.secret) return [new Option(`--${name}-file <file>`, `A file with ${lowerFirst(describe(name, row))}`)]
  const short = row.short === undefined ? '' : `-${row.short}, `
  const option = collecting(new Option(`${short}--${name} ${argumentOf(row)}`, describe(name, row)), row)
  if (row.alias === undefined) return [option]
  const alias = new Option(`--${row.alias} ${argumentOf(row)}`, `The same as --${name}.`)
  return [option, collecting(alias.conflicts(camelCase(name)), row)]
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`
}

/** What commander gathered, under the inputs' names. */
export function readOptions(values: Readonly<Record<string, unknown>>): Partial<Record<InputName, string>> {
  const texts: Partial<Record<InputName, string>> = {}
  for (const name of INPUT_NAMES) {
    const { alias = name } = rowOf(name)
    const value = values[camelCase(name)] ?? values[camelCase(alias)]
    if (value !== undefined) texts[name] = String(value)
  }
  return texts
}

/** Files of the inputs that are no arguments, since other users can read arguments: by input, the file's path. */
export function readSecretPaths(values: Readonly<Record<string, unknown>>): Partial<Record<InputName, string>> {
  const paths: Partial<Record<InputName, string>> = {}
  for (const name of INPUT_NAMES) {
    const value = values[camelCase(`${name}-file`)]
    if (rowOf(name).secret && value !== undefined) paths[name] = String(value)
  }
  return paths
}

const LISTS: readonly InputRow['kind'][] = ['proxies', 'patterns', 'directories', 'paths', 'tools']

/** A list may be given in parts: `-C a -C b`. `--export` alone means true, which is what commander makes of it. */
function collecting(option: Option, row: InputRow): Option {
  return LISTS.includes(row.kind)
    ? option.argParser((value: string, before: string | undefined) =>
        before === undefined ? value : `${before}\n${value}`,
      )
    : option
}

const ARGUMENTS: Readonly<Record<InputRow['kind'], string>> = {
  address: '<address>',
  boolean: '[true|false]',
  choice: '<word>',
  credentials: '<lines>',
  directories: '<directory>',
  directory: '<directory>',
  duration: '<duration>',
  'go-version': '<version>',
  integer: '<number>',
  'known-hosts': '<lines>',
  path: '<file>',
  paths: '<files>',
  patterns: '<patterns>',
  proxies: '<list>',
  'ssh-keys': '<keys>',
  sumdb: '<value>',
  text: '<text>',
  tools: '<tools>',
  url: '<url>',
}

function argumentOf(row: InputRow): string {
  return row.kind === 'choice' ? `<${row.allowed.join('|')}>` : ARGUMENTS[row.kind]
}

function describe(name: InputName, row: InputRow): string {
  const fallback = INPUTS[name].default === '' ? '' : ` (default: ${INPUTS[name].default})`
  const allowed = row.kind === 'duration' || row.kind === 'integer' ? ` Allowed: ${describeAllowed(row)}.` : ''
  return `${row.description.replaceAll('`', '')}${allowed}${fallback}`
}

/** As commander names values: `--report-file` becomes reportFile. */
function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
