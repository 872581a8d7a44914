import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildToolchain } from '../../../__tests__/support/builders/toolchain.ts'
import { startFakeCache } from '../../../__tests__/support/servers/fake-cache.mjs'
import { faults } from '../../../__tests__/support/servers/faults.ts'
import { findFreePort } from '../../../__tests__/support/servers/ports.ts'
import { type Failure, failure } from '../failure.ts'
import { PROJECT, PUBLIC } from '../modules.ts'
import { mounted, whyNoMounts } from '../mounts.ts'
import type { Scene } from '../scene.ts'

async function ordinary(scene: Scene): Promise<void> {
  await scene.proxy('proxy.golang.org', { modules: PUBLIC })
  scene.files(PROJECT)
}

/** A cache service that does this with each request. */
async function cacheThat(scene: Scene, fault: 500 | 'rubbish' | 'reset'): Promise<void> {
  const cache = scene.keep(await startFakeCache({ onRequest: () => fault }))
  scene.env({ ...cache.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' })
}

/** The official proxy never sends a zip. @returns `zip` resolves when it was asked for one */
async function silentZips(scene: Scene): Promise<{ readonly zip: Promise<unknown> }> {
  let tell = () => {}
  const asked = new Promise<void>(resolve => {
    tell = resolve
  })
  await scene.proxy('proxy.golang.org', {
    modules: PUBLIC,
    fault: ({ path }) => {
      if (!path.endsWith('.zip')) return undefined
      tell()
      return faults.silent
    },
  })
  scene.files(PROJECT)
  return { zip: asked }
}

/** What is wrong is this machine, its disk or its settings. */
export const OF_THE_MACHINE: readonly Failure[] = [
  failure('go-not-installed', 'go is not installed', async scene => {
    await ordinary(scene)
    scene.env({ PATH: scene.pathWithout('go') })
    return scene.use()
  }),
  failure('go-not-installed-command', 'go is not installed: on the command line', async scene => {
    await ordinary(scene)
    scene.env({ PATH: scene.pathWithout('go') })
    return scene.run(['run'])
  }),
  failure('go-version-unreachable', 'A Go is asked for, and no proxy can be reached', async scene => {
    scene.files(PROJECT)
    scene.env({ PATH: scene.pathWithout('go') })
    return scene.use({ 'go-version': '1.26' })
  }),
  failure('go-version-without-database', 'A Go is asked for, and the checksum database is off', async scene => {
    const toolchain = buildToolchain('go1.99.0')
    await scene.proxy('proxy.golang.org', { modules: [...PUBLIC, toolchain] })
    scene.files(PROJECT)
    scene.env({ PATH: scene.pathWithout('go'), GOSUMDB: 'off' })
    return scene.use({ 'go-version': '1.99.0' })
  }),
  failure('go-too-old', 'The go in PATH is older than 1.22', async scene => {
    await ordinary(scene)
    const bin = join(scene.job.root, 'bin')
    mkdirSync(bin)
    const env = {
      GOVERSION: 'go1.19.8',
      GOPROXY: 'https://proxy.golang.org,direct',
      GOMODCACHE: '/home/go/pkg/mod',
      GOFLAGS: '',
      GOOS: 'linux',
      GOARCH: 'amd64',
    }
    const answer = `case "$1" in version) echo 'go version go1.19.8 linux/amd64' ;; env) cat <<'END'\n${JSON.stringify(env)}\nEND\n ;; esac`
    writeFileSync(join(bin, 'go'), `#!/bin/sh\n${answer}\n`, { mode: 0o755 })
    scene.env({ PATH: `${bin}:${scene.pathWithout('go')}` })
    return scene.use()
  }),
  failure(
    'disk-full',
    'The disk of the module cache is full',
    async scene => {
      await ordinary(scene)
      mounted(scene, 'tmpfs', '-o size=32k')
      return scene.use()
    },
    whyNoMounts(),
  ),
  failure(
    'module-cache-read-only',
    'The module cache cannot be written',
    async scene => {
      await ordinary(scene)
      mounted(scene, 'tmpfs', '-o ro')
      return scene.use()
    },
    whyNoMounts(),
  ),
  failure('module-cache-is-a-file', 'GOMODCACHE lies below a file', async scene => {
    await ordinary(scene)
    scene.files({ file: '' })
    scene.env({ GOMODCACHE: join(scene.job.workspace, 'file', 'mod') })
    return scene.use()
  }),
  failure('module-cache-relative', 'GOMODCACHE is a relative path', async scene => {
    await ordinary(scene)
    scene.env({ GOMODCACHE: 'mod' })
    return scene.use()
  }),
  failure('module-cache-damaged', 'A zip in the module cache is damaged', async scene => {
    await ordinary(scene)
    await scene.use()
    const directory = join(scene.job.base['GOMODCACHE'] ?? '', 'cache/download/example.com/words/@v')
    writeFileSync(join(directory, 'v1.2.0.zip'), 'spoiled')
    rmSync(join(scene.job.base['GOMODCACHE'] ?? '', 'example.com'), { recursive: true, force: true })
    return scene.use()
  }),
  failure('module-cache-directory-damaged', 'A file in the directory of an unpacked module is missing', async scene => {
    await ordinary(scene)
    await scene.use()
    const directory = join(scene.job.base['GOMODCACHE'] ?? '', 'example.com/words@v1.2.0')
    chmodSync(directory, 0o755)
    for (const name of readdirSync(directory)) rmSync(join(directory, name))
    return scene.use()
  }),
  failure('runner-temp-missing', 'RUNNER_TEMP is not there', async scene => {
    await ordinary(scene)
    scene.env({ RUNNER_TEMP: join(scene.job.root, 'missing') })
    return scene.use()
  }),
  failure('report-file-not-writable', 'The directory of report-file is not there', async scene => {
    await ordinary(scene)
    return scene.use({ 'report-file': 'missing/report.json' })
  }),
  failure('report-file-is-a-directory', 'report-file is a directory', async scene => {
    await ordinary(scene)
    scene.files({ 'reports/.keep': '' })
    return scene.use({ 'report-file': 'reports' })
  }),
  failure('metrics-push-refused', 'Nothing listens at metrics-push-url', async scene => {
    await ordinary(scene)
    const port = await findFreePort()
    scene.port(port)
    return scene.use({ 'metrics-push-url': `http://127.0.0.1:${port}` })
  }),
  failure('metrics-file-is-a-directory', 'metrics-file is a directory', async scene => {
    await ordinary(scene)
    scene.files({ 'go.prom/.keep': '' })
    return scene.use({ 'metrics-file': 'go.prom' })
  }),
  failure('audit-log-is-a-directory', 'audit-log is a directory', async scene => {
    await ordinary(scene)
    scene.files({ 'reports/.keep': '' })
    return scene.use({ 'audit-log': 'reports' })
  }),
  failure('trace-not-a-collector', 'OTEL_EXPORTER_OTLP_ENDPOINT names no collector', async scene => {
    await ordinary(scene)
    await scene.proxy('collector.example', { modules: [] })
    scene.env({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example' })
    return scene.use()
  }),
  failure('trace-grpc', 'OTEL_EXPORTER_OTLP_PROTOCOL is grpc', async scene => {
    await ordinary(scene)
    scene.env({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4317',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    })
    return scene.use()
  }),
  failure('cancelled', 'The job is cancelled during the download', async scene => {
    const { zip } = await silentZips(scene)
    return scene.use({}, { cancelWhen: zip })
  }),
  failure('interrupted-command', 'Ctrl-C during the download', async scene => {
    const { zip } = await silentZips(scene)
    return scene.run(['run'], { interruptWhen: zip })
  }),
  failure('cache-500', 'The cache service has an internal error', async scene => {
    await ordinary(scene)
    await cacheThat(scene, 500)
    return scene.use({ cache: 'true' })
  }),
  failure('cache-rubbish', 'The cache service answers with a page', async scene => {
    await ordinary(scene)
    await cacheThat(scene, 'rubbish')
    return scene.use({ cache: 'true' })
  }),
  failure('settings-risky', 'Settings that weaken the checks: GONOSUMDB, GOINSECURE, GOFLAGS', async scene => {
    await ordinary(scene)
    scene.env({ GONOSUMDB: '*', GOINSECURE: '*', GOFLAGS: '-modcacherw -mod=mod' })
    return scene.use()
  }),
  failure('settings-private-host', 'GOPRIVATE has all of github.com', async scene => {
    await ordinary(scene)
    scene.env({ GOPRIVATE: 'github.com' })
    return scene.use()
  }),
]
