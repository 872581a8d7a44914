import { isAbsolute } from 'node:path'
import { OFF_WARNING } from '../choice/sumdb.ts'
import type { Problem } from '../errors.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import { findVulnerabilities } from '../go/version.ts'
import { trustOfProxy } from '../inputs/presets.ts'
import { findRisks } from '../settings/risks.ts'
import { findUndeletable } from '../settings/undeletable.ts'
import { judgeDisks } from './disks.ts'
import { type Finding, faultOf, good, warnOf } from './finding.ts'
import { findGitFaults } from './git.ts'
import { layerOf } from './layer-of.ts'
import type { SetupFacts } from './setup-facts.ts'
import { findGoFaults } from './toolchain.ts'

/** One thing that can be wrong with a set-up. @returns what it found, the empty list where all is well */
type SetupRule = (facts: SetupFacts) => readonly Finding[]

/** Each looks at one matter. What other rooms know to be risky is taken from them. */
const RULES: readonly SetupRule[] = [
  ({ settings, privateDomains }) => findRisks(settings, privateDomains).map(warning),
  ({ env, platform, userId, settings: { gomodcache, GOFLAGS } }) =>
    findUndeletable({ env, platform, userId, gomodcache, goflags: GOFLAGS.value }).map(warning),
  ({ candidates }) => candidates.warnings.map(warning),
  ({ sumdb }) => (/^\s*off\s*$/.test(sumdb) ? [warning(OFF_WARNING)] : []),
  findBarBehindPrivate,
  findNeverAsked,
  findDeceivable,
  findModulesOff,
  findProxyVariables,
  findCertificateFiles,
  findGoFaults,
  findGitFaults,
  findRelativeCaches,
  ({ disks }) => judgeDisks(disks),
]

/** What is wrong or risky with a set-up as far as this machine alone tells. Each thing once. */
export function findSetupFaults(facts: SetupFacts): readonly Finding[] {
  const found = [...RULES.flatMap(rule => rule(facts)), SETTINGS_READ]
  return [...new Map(found.map(finding => [`${finding.code} ${finding.message}`, finding])).values()]
}

/** Told where nothing worse is. */
const SETTINGS_READ = good('settings', 'None of them is wrong or weakens safety')

function warning(problem: Problem): Finding {
  return warnOf(layerOf(problem.code), problem)
}

/** `|` goes on after a refusal, too: another server then hears of what the first keeps to itself. */
function findBarBehindPrivate({ inForce }: SetupFacts): readonly Finding[] {
  const entries = inForce?.entries ?? []
  return entries.flatMap((entry, i) => {
    const next = entries[i + 1]?.text ?? inForce?.ending
    const isOwn = /^https?:/i.test(entry.url) && trustOfProxy(entry.url) === 'own'
    if (!isOwn || entry.separator !== '|' || next === undefined || next === 'off') return []
    return [
      warnOf('settings', {
        code: 'DOCTOR_BAR_BEHIND_PRIVATE',
        message: `GOPROXY has \`|\` after ${redactGoproxy(entry.text)}: when that proxy refuses a module or is down, go asks ${redactGoproxy(next)} for it, by name.`,
        hint: 'Write a comma there: go then goes on only if the proxy says that it does not have the module (404, 410).',
      }),
    ]
  })
}

/** Nothing behind `direct` or `off` is ever asked. */
function findNeverAsked({ settings: { GOPROXY } }: SetupFacts): readonly Finding[] {
  const [, ending = '', rest = ''] = /(?:^|[,|])\s*(direct|off)\s*[,|](.*)$/s.exec(GOPROXY.value) ?? []
  if (rest.replace(/[\s,|]/g, '') === '') return []
  return [
    warnOf('settings', {
      code: 'DOCTOR_NEVER_ASKED',
      message: `GOPROXY (from ${GOPROXY.from}) goes on after \`${ending}\`, and go never asks what follows: ${redactGoproxy(rest)}.`,
      hint: `Put \`${ending}\` last.`,
    }),
  ]
}

/** A proxy that mirrors the checksum database could deceive this Go. */
function findDeceivable({ settings, inForce }: SetupFacts): readonly Finding[] {
  const mirrors = (inForce?.entries ?? []).filter(({ url }) => trustOfProxy(url) === 'mirror')
  const holes = findVulnerabilities(settings.version).filter(({ kind }) => kind === 'sumdb')
  const [mirror] = mirrors
  if (mirror === undefined || holes.length === 0 || /\s/.test(settings.GOSUMDB.value.trim())) return []
  return [
    warnOf('checksum database', {
      code: 'DOCTOR_DECEIVABLE',
      message: `${settings.version} can be deceived by a proxy that passes the checksum database on (${holes.map(({ id }) => id).join(', ')}), and GOPROXY names ${redactGoproxy(mirror.text)}.`,
      hint: 'Install a newer Go, or have go ask the database itself: GOSUMDB="sum.golang.org https://sum.golang.org".',
    }),
  ]
}

/** go refuses such a place as soon as it needs it. */
function findRelativeCaches({ settings: { gomodcache, gocache } }: SetupFacts): readonly Finding[] {
  const places = [
    ['GOMODCACHE', gomodcache],
    ['GOCACHE', gocache],
  ] as const
  return places.flatMap(([name, path]) =>
    path === '' || path === 'off' || isAbsolute(path)
      ? []
      : [
          faultOf('caches', {
            code: 'GO_CACHE_UNWRITABLE',
            message: `${name} is ${path}, which is not an absolute path: go refuses it.`,
            hint: `Set ${name} to an absolute directory that this user may write to.`,
          }),
        ],
  )
}

function findModulesOff({ settings: { GO111MODULE }, project }: SetupFacts): readonly Finding[] {
  if (GO111MODULE.value !== 'off') return []
  const problem = {
    code: 'GO_MODULES_DISABLED',
    message: `GO111MODULE (from ${GO111MODULE.from}) is off: go works without modules and ignores go.mod.`,
    hint: GO111MODULE.from === 'go env -w' ? 'Run `go env -u GO111MODULE`.' : 'Unset GO111MODULE.',
  }
  return [(project?.directories.length ?? 0) > 0 ? faultOf('settings', problem) : warnOf('settings', problem)]
}

/** go reads other variables than curl and git do. Source: golang.org/x/net/http/httpproxy. */
function findProxyVariables({ env }: SetupFacts): readonly Finding[] {
  const all = env['ALL_PROXY'] || env['all_proxy']
  const ofGo = ['HTTPS_PROXY', 'https_proxy'].some(name => env[name])
  const apart = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].filter(name => {
    const [upper, lower] = [env[name], env[name.toLowerCase()]]
    return upper && lower && upper !== lower
  })
  return [
    ...(all && !ofGo ? [warnOf('HTTP proxy', ALL_PROXY)] : []),
    ...apart.map(name =>
      warnOf('HTTP proxy', {
        code: 'DOCTOR_PROXY_VARIABLES_DIFFER',
        message: `${name} and ${name.toLowerCase()} differ: go takes the first, curl and git the second.`,
        hint: 'Set both to the same value.',
      }),
    ),
  ]
}

const ALL_PROXY: Problem = {
  code: 'DOCTOR_ALL_PROXY',
  message: 'ALL_PROXY is set, which go does not read: go connects to module proxies directly.',
  hint: 'If go must use that proxy too, set HTTPS_PROXY (and HTTP_PROXY) to the same value.',
}

function findCertificateFiles({ certificates }: SetupFacts): readonly Finding[] {
  return certificates.flatMap(({ variable, path, state }) =>
    state === 'good'
      ? []
      : [
          warnOf('TLS', {
            code: 'DOCTOR_CERTIFICATE_FILE',
            message:
              state === 'missing'
                ? `${variable} names ${path}, which cannot be read.`
                : `${variable} names ${path}, which holds no certificate.`,
            hint: `Name a file of PEM certificates there, or unset ${variable}.`,
          }),
        ],
  )
}
