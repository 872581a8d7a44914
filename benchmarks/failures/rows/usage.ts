import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { faults, tampered } from '../../../__tests__/support/servers/faults.ts'
import type { ProxyOptions } from '../../../src/demo/proxy.ts'
import { type Failure, failure, type Read } from '../failure.ts'
import { greet, PROJECT, PUBLIC, words } from '../modules.ts'
import type { CommandOptions, Scene } from '../scene.ts'
import { LONG_TOKEN, PASSWORD } from './secrets.ts'

async function ordinary(scene: Scene): Promise<void> {
  await scene.proxy('proxy.golang.org', { modules: PUBLIC })
  scene.files(PROJECT)
}

function inputs(given: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  return async (scene: Scene): Promise<Read> => {
    await ordinary(scene)
    scene.env(env)
    return scene.use(given)
  }
}

function command(args: readonly string[], options: CommandOptions = {}) {
  return async (scene: Scene): Promise<Read> => {
    await ordinary(scene)
    return scene.run(args, options)
  }
}

/** `prewarm` of a company's proxy that does this. */
function prewarmed(options: Partial<ProxyOptions>) {
  return async (scene: Scene): Promise<Read> => {
    await scene.proxy('goproxy.corp.example', { modules: PUBLIC, ...options })
    scene.files(PROJECT)
    scene.env({ GOPROXY: 'https://goproxy.corp.example' })
    // One at a time: what is named first, and what is not asked for any more, is the same each time.
    return scene.run(['prewarm', '--rate', '100', '--at-once', '1'])
  }
}

/** Inputs, options and commands that were given wrongly. */
export const OF_USAGE: readonly Failure[] = [
  failure('input-preset-typo', 'A preset is misspelt', inputs({ proxies: 'publik' })),
  failure('input-url-without-scheme', 'A proxy is given without https://', inputs({ proxies: 'goproxy.corp.example' })),
  failure(
    'input-insecure-url',
    'A proxy of another machine has an http:// URL',
    inputs({ proxies: 'http://goproxy.corp.example' }),
  ),
  failure(
    'input-login-in-url',
    'A proxy’s URL has a password in it',
    inputs({ proxies: `https://robot:${PASSWORD}@goproxy.corp.example` }),
  ),
  failure(
    'input-metrics-file',
    'The name of metrics-file does not end in .prom',
    inputs({ 'metrics-file': 'metrics.txt' }),
  ),
  failure(
    'input-several-wrong',
    'Several inputs are wrong at once',
    inputs({
      proxies: 'publik',
      timeout: '10',
      retries: 'many',
      'private-domains': 'https://github.com/acme',
      fallback: 'of',
    }),
  ),
  failure('input-boolean', 'A boolean is neither true nor false', inputs({ export: 'yes' })),
  failure('input-duration-range', 'A duration is out of its range', inputs({ timeout: '0s', 'retry-delay': '2h' })),
  failure(
    'input-private-proxy-and-proxies',
    'private-proxy beside proxies',
    inputs({ 'private-proxy': 'https://athens.corp.example', proxies: 'public' }),
  ),
  failure(
    'input-credentials-swapped',
    'User and token are in each other’s place',
    inputs({ credentials: `github.com ${LONG_TOKEN} x-access-token` }),
  ),
  failure('input-credentials-without-host', 'A token is given without its host', inputs({ credentials: LONG_TOKEN })),
  failure(
    'input-ssh-key-public',
    'The public half of an SSH key is given',
    inputs({ 'ssh-key': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ me@laptop' }),
  ),
  failure(
    'input-known-hosts',
    'ssh-known-hosts is not a known_hosts file',
    inputs({ 'ssh-known-hosts': 'github.com' }),
  ),
  failure('input-sumdb', 'sumdb is not a GOSUMDB value', inputs({ sumdb: 'none' })),
  failure('input-sumdb-off-mirrors', 'sumdb: off beside public mirrors', inputs({ sumdb: 'off', proxies: 'public' })),
  failure(
    'input-gateway-off-audit-log',
    'audit-log without a gateway',
    inputs({ gateway: 'off', 'audit-log': 'audit.jsonl' }),
  ),
  failure(
    'input-job-gateway-without-export',
    'gateway: job with export: false',
    inputs({ gateway: 'job', export: 'false' }),
  ),
  failure(
    'input-pattern',
    'private-domains has a pattern that go cannot read',
    inputs({ 'private-domains': 'github.com/[acme' }),
  ),
  failure('input-everything-private', 'private-domains: *', inputs({ 'private-domains': '*' })),
  failure('command-unknown-verb', 'A misspelt verb', command(['dowload'])),
  failure('command-unknown-option', 'A misspelt option', command(['run', '--proxis', 'public'])),
  failure('command-option-without-value', 'An option without its value', command(['run', '--proxies'])),
  failure(
    'command-secret-as-option',
    'A token on the command line',
    command(['run', '--credentials', `github.com ${LONG_TOKEN}`]),
  ),
  failure(
    'command-variable-typo',
    'A variable is misspelt',
    command(['run'], { env: { GO_PROXY_SETUP_PROXIS: 'public' } }),
  ),
  failure(
    'command-variable-wrong',
    'A variable has a wrong value',
    command(['run'], { env: { GO_PROXY_SETUP_TIMEOUT: '10' } }),
  ),
  failure('command-directory-missing', '-C names a directory that is not there', command(['-C', 'src', 'run'])),
  failure('command-without-go-mod', 'run outside of a module', async scene => {
    await scene.proxy('proxy.golang.org', { modules: PUBLIC })
    return scene.run(['run'])
  }),
  failure('command-report-and-json', '--report - together with --json', command(['run', '--report', '-', '--json'])),
  failure('exec-without-command', 'exec without a command', command(['exec'])),
  failure('exec-not-found', 'exec of a command that is not there', command(['exec', '--', 'gofmtt', '-l', '.'])),
  failure('exec-not-executable', 'exec of a file that is not executable', async scene => {
    await ordinary(scene)
    writeFileSync(join(scene.job.workspace, 'script'), '#!/bin/sh\n', { mode: 0o644 })
    return scene.run(['exec', '--', './script'])
  }),
  failure('exec-go-fails', 'exec of a go command that fails', command(['exec', '--', 'go', 'build', './missing'])),
  failure(
    'exec-quiet-fails',
    'exec --quiet of a go command that fails',
    command(['exec', '--quiet', '--', 'go', 'build', './missing']),
  ),
  failure(
    'bench-none-works',
    'bench where no candidate works',
    command(['bench', '--proxies', 'https://a.corp.example https://b.corp.example']),
  ),
  failure('bench-one-of-two-works', 'bench where one candidate of two works', async scene => {
    await ordinary(scene)
    await scene.proxy('sick.corp.example', { modules: PUBLIC, fault: () => faults.status(500) })
    return scene.run(['bench', '--proxies', 'official https://sick.corp.example'])
  }),
  failure('bench-goproxy-off', 'bench with GOPROXY=off', async scene => {
    await ordinary(scene)
    scene.env({ GOPROXY: 'off' })
    return scene.run(['bench'])
  }),
  failure('module-store-taken', 'module-store names a directory of other things', async scene => {
    await ordinary(scene)
    scene.files({ 'docs/notes.txt': 'notes' })
    return scene.use({ 'module-store': 'docs' })
  }),
  failure(
    'module-store-incomplete',
    'module-store without a download',
    inputs({ 'module-store': 'true', download: 'false' }),
  ),
  failure('module-store-temporary', 'module-store true on a command line', command(['run', '--module-store', 'true'])),
  failure('bundle-without-output', 'bundle without a file', command(['bundle'])),
  failure('bundle-writes-no-pipe', 'bundle to standard output', command(['bundle', '-o', '-'])),
  failure('bundle-empty', 'bundle of a project that needs no modules', async scene => {
    await ordinary(scene)
    scene.files({ 'go.mod': 'module example.com/project\n\ngo 1.21\n', 'go.sum': '' })
    return scene.run(['bundle', '-o', 'modules.tar'])
  }),
  failure('bundle-changed', 'A byte of a bundle changed on its way', async scene => {
    await ordinary(scene)
    await scene.run(['bundle', '-o', 'modules.tar'])
    const path = join(scene.job.workspace, 'modules.tar')
    const bytes = readFileSync(path)
    const at = bytes.indexOf(PUBLIC[0]?.zip ?? '') + 40
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
    return scene.run(['bundle', 'verify', 'modules.tar'])
  }),
  failure('bundle-cut', 'A bundle was cut on its way', async scene => {
    await ordinary(scene)
    await scene.run(['bundle', '-o', 'modules.tar'])
    truncateSync(join(scene.job.workspace, 'modules.tar'), 4_000)
    return scene.run(['bundle', 'use', 'modules.tar', '--to', 'modules'])
  }),
  failure('bundle-place-taken', 'bundle use names a directory that is there', async scene => {
    await ordinary(scene)
    await scene.run(['bundle', '-o', 'modules.tar'])
    return scene.run(['bundle', 'use', 'modules.tar', '--to', '.'])
  }),
  failure('prewarm-public-only', 'prewarm with public proxies alone', command(['prewarm'])),
  failure('prewarm-no-module', 'prewarm where there is no go.mod', async scene => {
    scene.env({ GOPROXY: 'https://goproxy.corp.example' })
    return scene.run(['prewarm'])
  }),
  failure('prewarm-rate', 'prewarm with a rate that is none', command(['prewarm', '--rate', 'fast'])),
  failure('prewarm-missing', 'prewarm of a proxy that cannot fetch a module', prewarmed({ modules: [greet] })),
  failure(
    'prewarm-denied',
    'prewarm without the login that the proxy wants',
    prewarmed({ fault: () => faults.status(401) }),
  ),
  failure(
    'prewarm-wrong-zip',
    'prewarm of a proxy with another zip than go.sum says',
    prewarmed({ modules: [greet, { ...words, zip: tampered(words).zip }] }),
  ),
  failure(
    'listen-everywhere',
    'gateway-listen on every network of the machine',
    inputs({ gateway: 'job', 'gateway-listen': '0.0.0.0' }),
  ),
  failure('listen-name', 'gateway-listen on a name', inputs({ gateway: 'job', 'gateway-listen': 'bridge' })),
  failure('listen-step', 'gateway-listen without gateway: job', inputs({ 'gateway-listen': '127.0.0.1' })),
  failure('env-unknown-format', 'env in a format that there is none', command(['env', '--format', 'tcsh'])),
  failure('env-write-login', 'env --write where GOPROXY has a login', async scene => {
    await ordinary(scene)
    scene.env({ GOPROXY: `https://me:${PASSWORD}@proxy.golang.org` })
    return scene.run(['env', '--write', 'dotenv:.env', '--benchmark', 'off'])
  }),
  failure('env-write-marks', 'env --write into a file whose marks do not belong together', async scene => {
    await ordinary(scene)
    scene.files({ '.env': 'A=b\n# END go-proxy-setup\n' })
    return scene.run(['env', '--write', 'dotenv:.env'])
  }),
]
