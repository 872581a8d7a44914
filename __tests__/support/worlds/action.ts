import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuiltModule, goModOf, goSumOf } from '../../../src/demo/modules.ts'
import { Job, type StepOptions, type StepResult } from './fake-runner.mjs'
import { switchTelemetryOff } from './project.ts'

/** What is committed, and what users run. */
export const DIST = fileURLToPath(new URL('../../../dist/index.js', import.meta.url))

/** A policy for `GO_PROXY_SETUP_POLICY` under which faults show within seconds. */
export const QUICK_POLICY = JSON.stringify({
  benchmark: { againForMs: 1_000, againMs: 20, maximumAgainMs: 100 },
  download: { stallMs: 2_000, graceMs: 500, maximumBackoffMs: 100, lastTryMs: 5_000 },
})

/** A job on a runner whose go command knows nothing of this machine. */
export function createJob(env: Readonly<Record<string, string>> = {}): Job {
  const job = new Job()
  for (const name of ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'GOROOT']) {
    const value = process.env[name]
    if (value !== undefined) job.base[name] = value
  }
  switchTelemetryOff(job.base['HOME'] ?? '')
  Object.assign(job.base, {
    GOENV: 'off',
    GOPATH: join(job.root, 'gopath'),
    GOMODCACHE: join(job.root, 'modcache'),
    GOCACHE: join(job.root, 'gocache'),
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    ...env,
  })
  return job
}

/** Files of the checkout. */
export function checkOut(job: Job, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(job.workspace, name)), { recursive: true })
    writeFileSync(join(job.workspace, name), text)
  }
}

/** A fault that nobody foresees: code that runs in every Node before the program does. @returns variables for it */
export function breakNode(directory: string, code: string): { readonly NODE_OPTIONS: string } {
  const file = join(directory, 'break-node.cjs')
  writeFileSync(file, code)
  return { NODE_OPTIONS: `--require "${file.replaceAll('\\', '/')}"` }
}

/** A project that requires all of these modules, with a complete go.sum. */
export function checkOutProject(job: Job, modules: readonly BuiltModule[], goLine = '1.21'): void {
  checkOut(job, { 'go.mod': goModOf('example.com/project', modules, goLine), 'go.sum': goSumOf(modules) })
}

/** `uses: ./` with these inputs. Each step with a build cache starts a child: tests that are about it ask for it. */
export function useAction(
  job: Job,
  inputs: StepOptions['inputs'] = {},
  options: StepOptions = {},
): Promise<StepResult> {
  return job.uses({
    main: DIST,
    post: DIST,
    timeout: 120_000,
    ...options,
    inputs: { 'build-cache': 'false', ...inputs },
  })
}
