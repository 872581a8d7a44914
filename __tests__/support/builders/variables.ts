import fc from 'fast-check'
import { type FormatName, renderVariables } from '../../../src/environment/formats/format.ts'
import type { Variable } from '../../../src/environment/variables.ts'
import { anyText } from './text.ts'

/** What a proxy's URL, a pattern or an earlier step could bring in. */
export const HOSTILE_VALUES = [
  '',
  ' leading and trailing ',
  "it's 'quoted'",
  "'; touch /tmp/injected; '",
  '"$HOME" `id` $(id) $PATH !! \\ \\\\ \\n',
  'https://a.example|https://b.example,direct',
  '*.corp.example,[a-z].example/x?',
  'a=b=c<<EOF',
  'line one\nGOFLAGS=-toolexec=/tmp/evil\nline three',
  'carriage\rreturn\r\nboth',
  'EOF\nEOF\n_EOF_',
  'GO_PROXY_SETUP_END\nA=b\nGO_PROXY_SETUP_END_',
  '::set-env name=A::b',
  '%0AA=b',
  '%AZP25 %AZP250A %25',
  '##vso[task.setvariable variable=A;isSecret=true]b',
  "##teamcity[setParameter name='env.A' value='b']",
  '|n|r|0x0041||',
  '%PATH% !PATH! ^& <nul >nul "',
  '‘typographic’ ‚quotes‛ “and” „more‟',
  '@echo off & del *',
  '/?',
  'a /? b',
  'C:\\Program Files\\Go\\bin\\',
  '\\\\server\\share',
  '-n',
  'ünïcode ☃ \u{1f600} \u2028 \u0085',
  '\u0001\u001b[31m\t',
  '#comment',
  'a #comment',
  '~/x',
] as const

/** What go's settings usually look like. */
export const USUAL_VALUES = [
  'https://proxy.golang.org,direct',
  'https://a.example|https://b.example/x/y|direct',
  'github.com/my-org,*.corp.example',
  'sum.golang.org https://proxy.example/sumdb/sum.golang.org',
  '/usr/local/go/bin:/usr/bin:/bin',
  'none',
] as const

const SPECIAL = [
  '\n',
  '\r',
  "'",
  '"',
  '\\',
  '$',
  '`',
  '=',
  '<<',
  'GO_PROXY_SETUP_END',
  '_',
  '%',
  '|',
  ']',
  ';',
  '#',
  ' ',
]

/** One value of an environment: no process can have a NUL there, and halves of pairs have no UTF-8 form. */
export const anyValue = fc.oneof(
  anyText().map(text => Buffer.from(text.replaceAll('\0', '')).toString()),
  fc.string({ unit: 'grapheme-ascii' }),
  fc.constantFrom(...HOSTILE_VALUES, ...USUAL_VALUES),
  fc.array(fc.constantFrom(...SPECIAL), { maxLength: 12 }).map(all => all.join('')),
)

export const asVariables = (values: readonly string[]): Variable[] =>
  values.map((value, i) => ({ name: `GO${i}`, value }))

export const asRecord = (list: readonly Variable[]) => Object.fromEntries(list.map(({ name, value }) => [name, value]))

/** The text of a format; throws where it cannot carry a value. */
export function renderText(format: FormatName, list: readonly Variable[]): string {
  const rendered = renderVariables(format, list, {})
  if (!rendered.ok) throw new Error(rendered.problems.map(({ message }) => message).join('\n'))
  return rendered.value.text
}

/** Those that the format carries one by one. */
export function carriedBy(format: FormatName, list: readonly Variable[]): readonly Variable[] {
  return list.filter(one => renderVariables(format, [one], {}).ok)
}
