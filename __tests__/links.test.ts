import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT, readDocument } from './support/worlds/documents.ts'

/** What people read: at the root, and below docs/ and examples/. */
const PAGES = ['.', 'docs', 'examples', 'benchmarks', 'conformance'].flatMap(folder =>
  readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => join(folder, name)),
)

function withoutBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '')
}

/** Links of Markdown and of HTML images, outside of code. */
function linksIn(text: string): readonly string[] {
  const prose = withoutBlocks(text).replace(/`[^`\n]*`/g, 'code')
  return [...prose.matchAll(/\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"/g)].map(
    ([, markdown, html]) => markdown ?? html ?? '',
  )
}

/** As GitHub names a heading: lower case, no punctuation, a hyphen for each space; or a name that stands there. */
function anchorsOf(text: string): readonly string[] {
  const headings = [...withoutBlocks(text).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )
  return [...headings, ...[...text.matchAll(/<a name="([^"]+)"/g)].map(([, name = '']) => name)]
}

test('every link of a document leads to a file and a heading that are there', () => {
  const dead: string[] = []
  let links = 0
  for (const file of PAGES) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    for (const link of linksIn(text)) {
      if (/^[a-z]+:/.test(link)) continue
      links++
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? join(ROOT, file) : join(ROOT, dirname(file), decodeURI(path))
      if (!existsSync(target)) dead.push(`${file}: ${link}: no ${relative(ROOT, target)}`)
      else if (anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(decodeURI(anchor)))
        dead.push(`${file}: ${link}: no such heading`)
    }
  }
  expect(dead).toEqual([])
  expect(links).toBeGreaterThan(100)
})

test('every page of docs/ is reached by links from the README', () => {
  const reached = new Set(['README.md'])
  // What is added meanwhile comes, too.
  for (const file of reached) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    for (const link of linksIn(text)) {
      const path = join(dirname(file), link.split('#')[0] ?? '')
      if (link.includes(':') || !path.endsWith('.md') || !existsSync(join(ROOT, path))) continue
      reached.add(path)
    }
  }
  expect(PAGES.filter(page => page.startsWith('docs/') && !reached.has(page))).toEqual([])
})

test('each code in the Chinese page of troubleshooting is one that the program has', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(ROOT, 'src', name), 'utf8'))
  // Some codes are put together; the English page has what failures printed.
  const known = [...sources, readDocument('docs/troubleshooting.md')].join('\n')
  const settings = ['HTTPS_PROXY', 'NO_PROXY', 'SSL_CERT_FILE', 'GIT_SSL_CAINFO']
  const named = readDocument('docs/zh-CN/troubleshooting.md').matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`/g)
  const codes = [...named].map(([, code = '']) => code).filter(code => !settings.includes(code))
  expect(codes.filter(code => !new RegExp(`['\`]${code}['\`]`).test(known))).toEqual([])
  expect(codes.length).toBeGreaterThan(20)
})

test('no line of a sequence diagram has a semicolon, which ends a statement of Mermaid', () => {
  const diagrams = PAGES.flatMap(file => [
    ...readDocument(file).matchAll(/^```mermaid\nsequenceDiagram\n([\s\S]*?)^```$/gm),
  ])
  expect(diagrams.flatMap(([, text = '']) => text.split('\n')).filter(line => line.includes(';'))).toEqual([])
  expect(diagrams.length).toBeGreaterThan(0)
})
