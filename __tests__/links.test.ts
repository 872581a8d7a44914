import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT, readDocument } from './support/worlds/documents.ts'

/** What people read: at the root, and below docs/ and examples/. */
async function documents(): Promise<readonly string[]> {
  const below = await Promise.all(
    ['.', 'docs', 'examples', 'benchmarks', 'conformance'].map(async folder => {
      const names = await readdir(join(ROOT, folder), { recursive: folder !== '.' })
      return names.filter(name => name.endsWith('.md')).map(name => join(folder, name))
    }),
  )
  return below.flat()
}

/** Links of Markdown and of HTML images, outside of blocks of code. */
function linksIn(text: string): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, 'code')
  return [...prose.matchAll(/\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"/g)].map(
    ([, markdown, html]) => markdown ?? html ?? '',
  )
}

/** As GitHub names a heading: lower case, no punctuation, a hyphen for each space; or a name that stands there. */
function anchorsOf(text: string): readonly string[] {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )
  return [...headings, ...[...text.matchAll(/<a name="([^"]+)"/g)].map(([, name = '']) => name)]
}

test('every link of a document leads to a file and a heading that are there', async () => {
  const dead: string[] = []
  let links = 0
  for (const file of await documents()) {
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

test('every page of docs/ is reached from the README in one click, or from one that is', async () => {
  const reached = new Set(['README.md'])
  for (const file of reached) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    for (const link of linksIn(text)) {
      const path = join(dirname(file), link.split('#')[0] ?? '')
      if (link.includes(':') || !path.endsWith('.md') || !existsSync(join(ROOT, path))) continue
      reached.add(path)
    }
  }
  const pages = (await documents()).filter(file => file.startsWith('docs/'))
  expect(pages.filter(page => !reached.has(page))).toEqual([])
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
