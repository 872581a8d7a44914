import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { makeDatabase } from '../__tests__/support/servers/database.ts'
import { store } from './modules.ts'

const DATABASE = 'sum.corp.example'

/** What a proxy serves of one Go. */
export interface ToolchainFiles {
  /** A module cache's `cache/download`, with the checksum database below `sumdb/`. */
  readonly directory: string
  /** What GOSUMDB has to be to believe it. */
  readonly verifierKey: string
  remove(): void
}

/** The real zip, fetched once through the configured proxy, with a database of its own. @param version such as `go1.26.7` */
export function makeToolchainFiles(version: string): ToolchainFiles {
  const env = { ...process.env, GOMODCACHE: store, GOFLAGS: '-modcacherw' }
  const platform = execFileSync('go', ['env', 'GOOS', 'GOARCH'], { encoding: 'utf8' }).trim().replace('\n', '-')
  const [path, name] = ['golang.org/toolchain', `v0.0.1-${version}.${platform}`]
  const told = execFileSync('go', ['mod', 'download', '-json', `${path}@${name}`], {
    encoding: 'utf8',
    env,
    cwd: tmpdir(),
  })
  const { Zip, Info, GoMod, Sum, GoModSum } = JSON.parse(told)
  const directory = mkdtempSync(join(tmpdir(), 'toolchain-'))
  const files = join(directory, path, '@v')
  mkdirSync(files, { recursive: true })
  for (const [from, ending] of [
    [Zip, 'zip'],
    [Info, 'info'],
    [GoMod, 'mod'],
  ])
    cpSync(from, join(files, `${name}.${ending}`))
  writeFileSync(join(files, 'list'), `${name}\n`)
  const database = makeDatabase(DATABASE, { path, version: name, h1: Sum, goModH1: GoModSum })
  for (const [question, body] of database.answers) {
    const file = join(directory, 'sumdb', DATABASE, question)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, body)
  }
  return { directory, verifierKey: database.verifierKey, remove: () => rmSync(directory, { recursive: true }) }
}
