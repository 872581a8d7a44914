import type { Environment } from '../../effects.ts'
import { withoutSecrets } from '../../go/child-environment.ts'
import { parseEnvJson } from '../../go/env-json.ts'
import { goflagsBesideProject } from '../../go/goflags.ts'
import type { ToolKeyMaterial } from '../../tools/key.ts'
import { findProcessor, systemName } from '../build-cache.ts'
import type { Job } from '../job.ts'
import type { Prepared } from '../prepare.ts'

/** go then heeds no go.mod or go.work, and knows modules. */
export const BESIDE_ANY_PROJECT: Environment = { GO111MODULE: 'on', GOWORK: 'off' }

/** How tools are built here. */
export interface ToolBuild {
  /** Variables for `go install`: it builds for this machine, whatever the job builds for. */
  readonly env: Environment
  readonly material: ToolKeyMaterial
  /** `.exe`, or nothing. */
  readonly suffix: string
}

/** What a program depends on, besides its sources and the version of go. Source: `go help environment`. */
const PARTS = [
  ...['GOAMD64', 'GO386', 'GOARM', 'GOARM64', 'GOMIPS', 'GOMIPS64', 'GOPPC64', 'GORISCV64'],
  ...['GOEXPERIMENT', 'GOFIPS140', 'CGO_ENABLED', 'CC', 'CXX'],
  ...['CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_LDFLAGS'],
]

/** Asks go. @returns undefined where it does not answer */
export async function readToolBuild(job: Job, { settings }: Prepared): Promise<ToolBuild | undefined> {
  const { effects, policy, temporaryDirectory } = job
  const ask = async (env: Environment) => {
    const names = ['GOVERSION', 'GOHOSTOS', 'GOHOSTARCH', 'GOOS', 'GOARCH', ...PARTS]
    const answer = await effects.commands.run('go', ['env', '-json', ...names], {
      cwd: temporaryDirectory,
      env: { ...withoutSecrets(settings.env), ...env, GOTOOLCHAIN: 'local' },
      timeoutMs: policy.goQueryMs,
    })
    return answer.exitCode === 0 ? parseEnvJson(answer.stdout) : undefined
  }
  const own = { ...BESIDE_ANY_PROJECT, GOFLAGS: goflagsBesideProject(settings.GOFLAGS.value) }
  const first = await ask(own)
  if (first === undefined) return undefined
  const { GOHOSTOS: os = '', GOHOSTARCH: arch = '' } = first
  const isForHere = first['GOOS'] === os && first['GOARCH'] === arch
  const env = isForHere ? own : { ...own, GOOS: os, GOARCH: arch }
  const values = isForHere ? first : await ask(env)
  if (values === undefined) return undefined
  const parts = Object.fromEntries(PARTS.map(name => [name, values[name] ?? '']))
  const [image, processor] = [await systemName(effects), await findProcessor(Object.values(parts), effects)]
  return {
    env,
    material: {
      os,
      arch,
      goVersion: values['GOVERSION'] ?? '',
      parts: { ...parts, image, processor, GOFLAGS: own.GOFLAGS, GOTOOLCHAIN: settings.GOTOOLCHAIN.value },
    },
    suffix: os === 'windows' ? '.exe' : '',
  }
}
