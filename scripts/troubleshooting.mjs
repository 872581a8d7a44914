// What `npm run docs` writes into docs/troubleshooting.md: each error and warning as a real failure printed it. The source
// are the pages of `npm run failures`, so that no sentence here differs from what a user reads.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const PAGES = join('__tests__', 'failures')

/** Where a reader looks: the beginnings of the codes that stand there. The first that fits counts. */
const GROUPS = {
  inputs: /^(INPUT|USAGE|CANDIDATES)_/,
  private: /^(CREDENTIALS|GIT)_|^(GO_REVISION_UNKNOWN|HTTP_NOT_FOUND)$/,
  proxies:
    /^(HTTP|CONNECTION|DNS|TLS|PROXY|MIRROR|BENCH|DOWNLOAD)_|^(NO_CANDIDATE_EXPORTED|GO_BAD_CONTENT|GO_FILE_PROXY_LACKS)$/,
  checksums: /^(GO_SUM|SUMDB|MODULE_RETAGGED|PROJECT_GO_SUM)/,
  project: /^(PROJECT|GO_MOD|GO_WORK|GO_REPLACE|GO_ZIP)/,
  go: /^(GO|TOOLCHAIN|TOOL|SETTINGS)_/,
  machine: /^/,
}

/** @returns {Record<string, Trouble[]>} the rows of each group, by code */
export function readTroubles() {
  const byCode = new Map()
  for (const page of pagesInOrder())
    for (const trouble of troublesOf(readFileSync(join(PAGES, page), 'utf8')))
      if (!byCode.has(trouble.code)) byCode.set(trouble.code, { ...trouble, page })
  const all = [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
  const groupOf = ({ code }) => Object.keys(GROUPS).find(name => GROUPS[name].test(code))
  return Object.fromEntries(Object.keys(GROUPS).map(name => [name, all.filter(one => groupOf(one) === name)]))
}

/** The action's before those of the command line, where both were played. */
function pagesInOrder() {
  const names = readdirSync(PAGES).filter(name => name.endsWith('.md'))
  return names.sort((a, b) => Number(a.includes('command')) - Number(b.includes('command')) || (a < b ? -1 : 1))
}

/**
 * The errors and warnings of a page's log. In a workflow the code ends the hint, on a terminal the message; what each
 * place answered is indented.
 * @returns {Trouble[]}
 * @typedef {{ code: string, message: string, hint: string, page: string }} Trouble
 */
function troublesOf(page) {
  const [, log = ''] = /## The log\n\n```text\n(.*?)\n```/s.exec(page) ?? []
  return log.split(/^(?=(?:error|warning): )/im).flatMap(text => {
    const [first = '', ...others] = text.split('\n').filter(line => !line.startsWith(' '))
    const message = /^(?:error|warning): (.*)$/i.exec(first)?.[1]
    if (message === undefined) return []
    const hint = others[0] ?? ''
    const [, code] = CODE.exec(first) ?? CODE.exec(hint) ?? []
    if (code === undefined) return []
    return [{ code, message: message.replace(CODE, ''), hint: hint.replace(CODE, '') }]
  })
}

const CODE = / \[([A-Z][A-Z0-9_]+)\]$/
