// What the user reads of each failure, a file each in __tests__/failures/. After a change of words:
// `npm run build && npm run failures -- --write`, then read `git diff __tests__/failures` aloud. One failure: `--only
// module-typo`; those that begin so: `--only private,ssh`; one Go alone: `--go 1.26`.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority } from '../__tests__/support/builders/certificates.ts'
import type { Failure } from './failures/failure.ts'
import { difference, GO_VERSIONS, minorOf, type Page, readPage, writePage } from './failures/page.ts'
import { deviation, goBinOf, type Played, playAll, versionOfGo } from './failures/play.ts'
import { FAILURES } from './failures/rows/all.ts'
import { SAMPLE } from './failures/sample.ts'
import { root } from './root.ts'

const WRONG_USAGE = 2
const AT_ONCE = 4
const directory = join(root, '__tests__', 'failures')

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  readonly only?: readonly string[]
  /** Minor versions. */
  readonly go: readonly string[]
  readonly sample?: true
  readonly write?: true
  readonly list?: true
}

/** @returns 1 when a failure reads otherwise than its file */
export async function main({ only, go, sample, write, list }: Options): Promise<number> {
  if (list) {
    for (const { name, title } of FAILURES) console.log(`${name.padEnd(36)} ${title}`)
    return 0
  }
  const chosen = sample
    ? FAILURES.filter(({ name }) => SAMPLE.includes(name))
    : FAILURES.filter(({ name }) => only === undefined || only.some(one => name.startsWith(one)))
  const unknown = (only ?? []).filter(one => !FAILURES.some(({ name }) => name.startsWith(one)))
  if (unknown.length > 0) {
    console.error(`error: --only: no failure’s name begins with ${unknown.join(', ')}.`)
    console.error('`npm run failures -- --list` names them all.')
    return WRONG_USAGE
  }
  for (const { name, lacks } of chosen) if (lacks !== undefined) console.error(`not played: ${name}: ${lacks}`)
  const playable = chosen.filter(({ lacks }) => lacks === undefined)
  const versions: readonly string[] = sample
    ? [versionOfGo()]
    : GO_VERSIONS.filter(version => go.includes(minorOf(version))).reverse()
  const deviating = await playVersions(playable, versions, write === true)
  if (write && only === undefined && !sample) removeOthers()
  const goes = versions.length === 1 ? `Go ${versions[0]}` : `${versions.length} versions of Go`
  console.error(`${playable.length} failures with ${goes}; ${deviating} read otherwise.`)
  return deviating > 0 && !write ? 1 : 0
}

async function playVersions(
  failures: readonly Failure[],
  versions: readonly string[],
  write: boolean,
): Promise<number> {
  let deviating = 0
  const temporary = mkdtempSync(join(tmpdir(), 'failures-'))
  try {
    const authority = await createAuthority(temporary)
    const installed = versionOfGo()
    for (const goVersion of versions) {
      const stage = {
        product: join(root, 'dist', 'index.js'),
        goBin: goVersion === installed ? undefined : goBinOf(goVersion),
        goVersion,
        authority,
      }
      await playAll(failures, stage, AT_ONCE, played => {
        if (settle(played, write)) deviating++
      })
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 })
  }
  return deviating
}

/** @returns whether it read otherwise than its file */
function settle(played: Played, write: boolean): boolean {
  const file = fileOf(played.failure.name)
  const page = existsSync(file) ? readPage(readFileSync(file, 'utf8')) : undefined
  const found = deviation(played, page)
  if (found === '') return false
  console.error(`${played.failure.name}, Go ${played.goVersion}:\n${found}\n`)
  if (write) writeFileSync(file, writePage(renew(played, page)))
  return true
}

/** The newest version's words are the page; an older one's stand below it as what differs. */
function renew({ goVersion, text }: Played, page: Page | undefined): Page {
  const minor = minorOf(goVersion)
  if (page === undefined || minor === minorOf(GO_VERSIONS.at(-1) ?? '')) return { otherwise: new Map(), ...page, text }
  return { text: page.text, otherwise: new Map([...page.otherwise, [minor, difference(page.text, text)]]) }
}

function fileOf(name: string): string {
  return join(directory, `${name}.md`)
}

/** Files of failures that are no more. */
function removeOthers(): void {
  const names = FAILURES.map(({ name }) => `${name}.md`)
  for (const file of readdirSync(directory))
    if (file.endsWith('.md') && !names.includes(file)) rmSync(join(directory, file))
}
