import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { store } from './modules.ts'
import { createGenerator } from './random.ts'

/** Whole projects with their sources: packages at the edge and in the middle, and dependencies likewise. */
export const SOURCES = {
  act: {
    module: 'github.com/nektos/act',
    version: 'v0.2.89',
    leaf: 'pkg/lookpath/env.go',
    central: 'pkg/common/logger.go',
    // 7 and 85 of 564 packages need them.
    leafDependency: 'github.com/moby/patternmatcher@v0.6.1',
    rootDependency: 'golang.org/x/sys@v0.44.0',
  },
  helm: {
    module: 'helm.sh/helm/v3',
    version: 'v3.16.4',
    leaf: 'pkg/plugin/installer/http_installer.go',
    central: 'pkg/chart/chart.go',
    // 2 and 252 of 839, the standard library left out.
    leafDependency: 'github.com/gofrs/flock@v0.12.1',
    rootDependency: 'golang.org/x/sys@v0.29.0',
  },
} as const

export type ProjectName = keyof typeof SOURCES

/** What a commit's checkout is, as far as it differs from the release. */
export interface Commit {
  readonly sha: string
  /** Files with the number of times that each was edited. */
  readonly edits: ReadonlyMap<string, number>
  /** Dependencies that have another version, in the order in which they were raised. */
  readonly raised: readonly string[]
}

export const RELEASE: Commit = { sha: '0'.repeat(40), edits: new Map(), raised: [] }

/** The module's files, fetched once through the configured proxy. */
export function sourceOf(name: ProjectName): string {
  const { module, version } = SOURCES[name]
  const directory = join(store, `${module}@${version}`)
  if (!existsSync(directory)) go(tmpdir(), 'mod', 'download', `${module}@${version}`)
  return directory
}

/** Makes the workspace a checkout of this commit: one that is there already is changed. */
export function checkOutCommit(name: ProjectName, { edits, raised }: Commit, workspace: string): void {
  const source = sourceOf(name)
  if (!existsSync(join(workspace, 'go.mod'))) cpSync(source, workspace, { recursive: true })
  for (const file of goFiles(name)) {
    const times = edits.get(file) ?? 0
    const text = readFileSync(join(source, file), 'utf8') + edit(file, times)
    if (readFileSync(join(workspace, file), 'utf8') === text) continue
    // The module cache's files are read-only, and so are copies.
    rmSync(join(workspace, file))
    writeFileSync(join(workspace, file), text)
  }
  const sums = raised.length === 0 ? source : raise(name, raised)
  for (const file of ['go.mod', 'go.sum']) {
    rmSync(join(workspace, file), { force: true })
    cpSync(join(sums, file), join(workspace, file))
  }
}

/** Changes what is compiled, and nothing else. */
function edit(file: string, times: number): string {
  return times === 0 ? '' : `\nfunc changed_${file.replace(/\W/g, '_')}() int { return ${times} }\n`
}

/** go.mod and go.sum with these versions, which are fetched once. */
function raise(name: ProjectName, versions: readonly string[]): string {
  const made = join(store, '.raised', `${name}-${versions.join(',').replaceAll('/', '_')}`)
  if (existsSync(made)) return made
  const directory = mkdtempSync(join(tmpdir(), 'raise-'))
  try {
    cpSync(sourceOf(name), directory, { recursive: true })
    execFileSync('chmod', ['-R', 'u+w', directory])
    go(directory, 'get', ...versions)
    go(directory, 'mod', 'download')
    const kept = mkdtempSync(join(dirname(store), 'raised-'))
    for (const file of ['go.mod', 'go.sum']) cpSync(join(directory, file), join(kept, file))
    mkdirSync(dirname(made), { recursive: true })
    renameSync(kept, made)
    return made
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** So manieth raises a dependency. */
export const RAISES_EACH = 7

/**
 * Commits one after another, the same in each run: each edits one to three files of any package, and the seventh raises the
 * leaf dependency.
 */
export function historyOf(name: ProjectName, length: number): readonly Commit[] {
  const random = createGenerator(17)
  const files = goFiles(name)
  const commits: Commit[] = []
  const edits = new Map<string, number>()
  for (let i = 1; i <= length; i++) {
    for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
      const file = files[Math.floor(random() * files.length)] ?? ''
      edits.set(file, (edits.get(file) ?? 0) + 1)
    }
    const raised = i < RAISES_EACH ? [] : [SOURCES[name].leafDependency]
    commits.push({ sha: i.toString(16).padStart(40, '0'), edits: new Map(edits), raised })
  }
  return commits
}

const listed = new Map<ProjectName, readonly string[]>()

/** The sources of all packages, as on this system. */
export function goFiles(name: ProjectName): readonly string[] {
  const known = listed.get(name)
  if (known !== undefined) return known
  const source = sourceOf(name)
  const files = go(source, 'list', '-f', '{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}{{"\\n"}}{{end}}', './...')
    .split('\n')
    .filter(file => file !== '')
    .map(file => relative(source, file))
  listed.set(name, files)
  return files
}

/** In the benchmark's own module cache. */
export function go(cwd: string, ...args: readonly string[]): string {
  return execFileSync('go', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
    env: { ...process.env, GOMODCACHE: store, GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' },
  })
}
