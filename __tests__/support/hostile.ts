import fc from 'fast-check'
import { marked } from 'marked'
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5'
import { SaxesParser } from 'saxes'
import { sanitizeLine } from '../../src/text/sanitiser.ts'
import { anyText } from './builders/text.ts'
import { parseCommand } from './worlds/fake-runner.mjs'

/** What each format, a terminal or a runner could obey, alone or put together. */
const PIECES = [
  // Markdown, and what GitHub adds.
  ...[
    '[x](javascript:alert(1))',
    '![x](https://evil.example/x.png)',
    '[x]: https://evil.example',
    '[^1]',
    '<https://x.y>',
  ],
  ...[
    '**b**',
    '_i_',
    '~~s~~',
    '`',
    '``',
    '```\n',
    '\\',
    '\\|',
    '|',
    '\n| a |\n| - |\n',
    '# h',
    '\n---\n',
    '\n===\n',
    '- [ ] x',
  ],
  ...[
    '> [!NOTE]\n> x',
    '1. x',
    '\n    code\n',
    '$x^2$',
    '@octocat',
    '#1',
    'GH-1',
    ':tada:',
    'https://evil.example',
    'www.evil.example',
  ],
  // HTML, SVG, CSS and scripts.
  ...[
    '<script>alert(1)</script>',
    '</script>',
    '</style>',
    '</title>',
    '</svg>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?x?>',
  ],
  ...[
    '<img src=x onerror=alert(1)>',
    '<details open>',
    '</details>',
    '</pre>',
    '</td></table>',
    '<a href="javascript:x">',
  ],
  ...[
    '"',
    "'",
    '"onload="alert(1)',
    '&lt;',
    '&',
    '&#0;',
    '&#x202e;',
    '</text><image href="https://evil.example"/>',
    '$' + '{x}',
    '{{x}}',
  ],
  // JSON and JavaScript.
  ...['__proto__', '"},{"ph":"X"', '\\u0000', '\u2028', '\u2029', '*/', '//'],
  // Terminals.
  ...[
    '\u001b[31m',
    '\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007',
    '\u001b]0;t\u0007',
    '\u001bP$q\u001b\\',
    '\u009b2J',
  ],
  ...[
    '\r',
    '\b',
    '\u0007',
    '\0',
    '\t',
    '\u202e',
    '\u2066',
    '\u200f',
    '\u200b',
    '\u00ad',
    '\ufeff',
    '\ufe0f',
    '\ud800',
    '\uffff',
  ],
  // Runners.
  ...[
    '::error::x',
    '\n::set-output name=a::b',
    '##[group]',
    '##vso[task.setvariable variable=a]b',
    "##teamcity[message text='x']",
    '::stop-commands::t',
  ],
  ...['%0A::error::x', '::add-mask::e', '\u0085::error::x', '\n'],
  // And ordinary text between them.
  ...[' ', 'a', 'example.com/m', 'é', '漢', '🙂', '…'],
]

/** A text by which a stranger would be more than quoted. */
const hostileText = fc.oneof(
  { weight: 20, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map(pieces => pieces.join('')) },
  { weight: 3, arbitrary: anyText({ maxLength: 40 }) },
  // Longer than any line may be.
  {
    weight: 1,
    arbitrary: fc.constantFrom('`', '|', '\\', '&', '<b>', '[x](y)', '漢', '::a::').map(one => one.repeat(700)),
  },
)

/** Each of the pieces alone, in any order, and some put together. */
export const hostileTexts = fc
  .tuple(
    fc.shuffledSubarray(PIECES, { minLength: PIECES.length }),
    fc.array(hostileText, { minLength: 10, maxLength: 60 }),
  )
  .map(([alone, together]) => together.concat(alone))

/** One after the other, all of them, for thousands of names. */
export function hostileName(at: number): string {
  const piece = (i: number) => PIECES[i % PIECES.length] ?? ''
  return `${piece(at)}${at}${piece(Math.floor(at / PIECES.length))}`
}

/** As many lines, as empty as the hostile text, different where that is different, and nothing but text. */
export function harmlessTwin(): (text: string) => string {
  const known = new Map<string, string>()
  return text => {
    const twin = known.get(text) ?? twinOf(text, known.size)
    known.set(text, twin)
    return twin
  }
}

function twinOf(text: string, id: number): string {
  const lines = text.split('\n').map((line, i) => {
    if (sanitizeLine(line).trim() === '') return line === '' ? '' : ' '.repeat(i === 0 ? id + 1 : 1)
    // Lines that are set in are details of a problem.
    return `${line.startsWith('  ') ? '  ' : ''}t${id}x${i}`
  })
  return lines.join('\n')
}

/**
 * What of a text a terminal would obey, or a reader would not see: controls but newlines and tabs, characters that change the
 * direction or take no place. And the lines that are commands to a runner, other than those that are meant.
 */
export function findControl(text: string, meant: (name: string) => boolean = () => false): readonly string[] {
  const controls = text.match(/[^\n\t\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu) ?? []
  const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/)
  const commands = lines.filter(line => !meant(parseCommand(line)?.name ?? '') && parseCommand(line) !== undefined)
  return [
    ...controls.map(char => `U+${char.codePointAt(0)?.toString(16)}`),
    ...commands,
    ...(/##\w*\[/.exec(text) ?? []),
  ]
}

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** An element with what it says itself, without what those in it say. */
export interface Shape {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
}

/** The elements of HTML in their order. Throws where a browser would have to guess. */
export function shapeOfPage(html: string): readonly Shape[] {
  const faults: string[] = []
  const document = parse(html, {
    onParseError: ({ code, startLine }) => void faults.push(`${code} in line ${startLine}`),
  })
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return elementsIn(document).map(shapeOf)
}

/** The elements that GitHub-flavoured Markdown becomes. */
export function shapeOfMarkdown(markdown: string): readonly Shape[] {
  return elementsIn(parseFragment(marked.parse(markdown, { async: false, gfm: true }))).map(shapeOf)
}

/** Throws where the text is not well-formed XML. */
export function expectXml(text: string): void {
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.write(text).close()
}

function elementsIn(node: Node): readonly Element[] {
  const children = 'childNodes' in node ? node.childNodes : []
  return children.flatMap(child => ('tagName' in child ? [child, ...elementsIn(child)] : []))
}

function shapeOf(element: Element): Shape {
  const texts = element.childNodes.map(child => ('value' in child ? child.value : ''))
  const attributes = Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]))
  return { name: element.tagName, attributes, text: texts.join('') }
}
