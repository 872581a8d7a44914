import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './root.ts'

/** go.mod and go.sum of real projects. */
export const projects = join(root, 'benchmarks', 'projects')
/** Modules of the projects, fetched once through the configured proxy. */
export const store = join(root, '.cache', 'benchmark-modules')

export function fetchOnce(name: string): void {
  mkdirSync(store, { recursive: true })
  const directory = mkdtempSync(join(tmpdir(), 'fetch-'))
  try {
    cpSync(join(projects, name), directory, { recursive: true })
    execFileSync('go', ['mod', 'download'], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, GOMODCACHE: store, GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' },
    })
  } finally {
    rmSync(directory, { recursive: true })
  }
}
