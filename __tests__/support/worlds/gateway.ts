import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Candidate, Trust } from '../../../src/candidates/candidate.ts'
import { type BuiltModule, goSumOf } from '../../../src/demo/modules.ts'
import { type Gateway, startGateway } from '../../../src/gateway/gateway.ts'
import type { GatewayPlan, GatewayWorld } from '../../../src/gateway/plan.ts'
import { parseGoSum } from '../../../src/go/gosum.ts'
import { planOrder } from '../../../src/objects/wanted.ts'
import { defaultPolicy, type Policy } from '../../../src/policy.ts'
import { systemClock } from '../../../src/runner/clock.ts'
import { systemRandom } from '../../../src/runner/random.ts'
import { createCandidate } from '../builders/candidate.ts'
import { createConnections, transportOver } from '../builders/connections.ts'
import { goEnvironment, type TestProject } from './project.ts'
import { type RanProgram, runProgram } from './run-program.ts'

/** Deadlines under which every fault shows within a second or two. */
export const QUICK_GATEWAY: Policy['gateway'] = {
  ...defaultPolicy.gateway,
  objectMs: 8_000,
  rounds: 4,
  roundDelayMs: 20,
  maximumDelayMs: 100,
  lateRetryMs: 100,
}

export function upstreamAt(url: string, trust: Trust = 'own'): Candidate {
  return createCandidate({ name: url, trust })
}

export interface TestGateway extends Gateway {
  stop(): Promise<void>
}

/** What a test may change of the plan and the world. */
interface GatewayOptions
  extends Partial<Omit<GatewayPlan, 'sums' | 'publicity'>>,
    Partial<Omit<GatewayWorld, 'publicity'>> {
  readonly sums?: ReadonlyMap<string, string>
  readonly ahead?: boolean
}

/** A gateway for a project of these modules, already fetching ahead unless told otherwise. */
export async function gatewayFor(
  modules: readonly BuiltModule[],
  upstreams: readonly Candidate[],
  options: GatewayOptions = {},
): Promise<TestGateway> {
  const temporaryDirectory = mkdtempSync(join(tmpdir(), 'gateway-'))
  const { policy = QUICK_GATEWAY } = options
  const connections = createConnections({ connectMs: 1_000, connectionsPerOrigin: policy.window.maximumTrusted })
  const sums = options.sums ?? parseGoSum(goSumOf(modules)).hashes
  const plan: GatewayPlan = {
    upstreams,
    sheltered: undefined,
    gosumdb: 'off',
    sumdbHosts: [],
    deadlines: { headMs: 700, stallMs: 700, totalMs: 3_000 },
    connectMs: 1_000,
    logins: [],
    mends: true,
    ...options,
    policy,
    sums: [...sums],
  }
  const gateway = await startGateway(plan, {
    env: {},
    transport: transportOver(connections),
    clock: systemClock,
    random: systemRandom,
    temporaryDirectory,
    ...options,
  })
  if (options.ahead !== false) gateway.prefetch(planOrder({ sums, modules, toolchain: undefined }))
  return {
    ...gateway,
    stop: async () => {
      await gateway.close()
      await connections.close()
      rmSync(temporaryDirectory, { recursive: true, force: true })
    },
  }
}

/** The real `go mod download` in this project. */
export async function goModDownload(
  project: TestProject,
  goproxy: string,
): Promise<Pick<RanProgram, 'code' | 'words'>> {
  const env = goEnvironment(project, { GOPROXY: goproxy, GONOSUMDB: '*' })
  const { code, words } = await runProgram('go', ['mod', 'download'], { cwd: project.directory, env })
  return { code, words }
}
