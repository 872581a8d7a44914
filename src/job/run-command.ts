import { resolve } from 'node:path'
import { sayToolchain } from '../download/progress.ts'
import { pathWith, planExport } from '../environment/variables.ts'
import type { Problem } from '../errors.ts'
import type { SharedAddress } from '../gateway/sharing/share.ts'
import type { GatewayFigures, WrongSender } from '../gateway/telling/events.ts'
import type { ModuleVersion } from '../go/module.ts'
import { isGlob } from '../inputs/glob.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Story } from '../report/story.ts'
import { blame } from './disputes.ts'
import type { Job } from './job.ts'
import type { Chosen } from './measure.ts'
import type { Prepared } from './prepare.ts'
import type { Ready } from './ready.ts'
import { warnOfUnshared } from './sharing.ts'
import { behindGateway } from './step-gateway.ts'

/** How a command behind the gateway ended. */
export interface Executed {
  /**
   * The command's own; 128 plus the signal's number when a signal ended it, as in shells; 126: it cannot be executed; 127:
   * it was not found; undefined: it was not run, since we were stopped before.
   */
  readonly exitCode: number | undefined
  readonly gateway: GatewayFigures | undefined
  /** Of the gateway. */
  readonly requests: Story['requests']
  /** Modules that some cold proxy still lacks. */
  readonly leftCold: readonly ModuleVersion[]
  readonly wrongSenders: readonly WrongSender[]
  readonly warnings: readonly Problem[]
  readonly failure: Problem | undefined
}

const NOT_RUN: Executed = {
  exitCode: undefined,
  gateway: undefined,
  requests: [],
  leftCold: [],
  wrongSenders: [],
  warnings: [],
  failure: undefined,
}

/** Runs any command with our settings, behind the gateway. @param paths directories to stand in front of its PATH */
export async function runCommand(
  ready: Ready,
  chosen: Chosen,
  [file = '', ...args]: readonly string[],
  paths: readonly string[] = [],
): Promise<Executed> {
  const { job, prepared, means } = ready
  const { effects } = job
  const { settings } = prepared
  if (job.signal.aborted) return NOT_RUN
  const { result, gateway } = await behindGateway(ready, chosen, (ahead, goproxy) =>
    effects.commands.attach(file, args, {
      cwd: placeOf(job.inputs.workingDirectory, prepared),
      env: {
        ...withoutOurs(settings.env),
        ...Object.fromEntries(planExport(chosen.choice, effects.env).map(({ name, value }) => [name, value])),
        // As later steps of a job get them: for the git that go runs, and for no other.
        ...means.credentials.later,
        ...goproxyFor(goproxy, chosen.choice),
        ...sharedVariable(ahead?.shared),
        ...pathWith(paths, effects.env),
      },
    }),
  )
  const { startError } = result
  if (gateway?.toolchain !== undefined) sayToolchain(gateway.toolchain, effects.log)
  const blamed = gateway === undefined ? undefined : await blame(gateway, [], ready, chosen)
  const failure = startError === undefined ? undefined : notStarted(file, startError)
  const unshared = gateway === undefined && job.shared !== undefined ? warnOfUnshared(NO_GATEWAY, job) : []
  return {
    exitCode: startError === undefined ? exitCodeOf(result) : exitCodeFor(startError),
    gateway: gateway?.figures,
    requests: gateway?.requests ?? [],
    leftCold: gateway?.leftCold ?? [],
    wrongSenders: blamed?.wrongSenders ?? [],
    warnings: [...(blamed?.found ?? []), ...unshared, ...(gateway?.warnings ?? [])],
    failure,
  }
}

/** By which a command gets the address for containers: not an input of ours, which it would not get. */
const SHARED_VARIABLE = 'GOPROXYSETUP_GATEWAY_URL'

const NO_GATEWAY: SharedAddress = { fault: 'there is no gateway' }

function sharedVariable(address: SharedAddress | undefined): Readonly<Record<string, string>> {
  return address !== undefined && 'url' in address ? { [SHARED_VARIABLE]: address.url } : {}
}

/** A command runs only once, so it gets the last try where no candidate can be used. */
function goproxyFor(
  goproxy: string | undefined,
  { usable, lastTry }: Chosen['choice'],
): Readonly<Record<string, string>> {
  if (goproxy !== undefined) return { GOPROXY: goproxy }
  return usable ? {} : { GOPROXY: lastTry }
}

/** The directory that `-C` names, as for go, git and make. Several directories leave the command where it is. */
function placeOf({ base, named, patterns }: Inputs['workingDirectory'], { project }: Prepared): string {
  const [pattern = '.'] = patterns
  if (!named) return base
  if (patterns.length === 1 && !isGlob(pattern)) return resolve(base, pattern)
  return (project.directories.length === 1 && project.directories[0]?.path) || base
}

// As in shells. Source: POSIX, Shell Command Language, 2.8.2.
const NOT_EXECUTABLE = 126
const NOT_FOUND = 127

function exitCodeFor(startError: string): number {
  return isNotExecutable(startError) || lacksInterpreter(startError) ? NOT_EXECUTABLE : NOT_FOUND
}

function isNotExecutable(startError: string): boolean {
  return /\b(EACCES|ENOEXEC|EPERM)\b/.test(startError)
}

/** The file was found; what its first line names was not. */
function lacksInterpreter(startError: string): boolean {
  return /\bENOENT\b/.test(startError)
}

function exitCodeOf({
  exitCode,
  signal,
}: {
  readonly exitCode: number | null
  readonly signal: string | null
}): number {
  return exitCode ?? 128 + (SIGNALS[signal ?? ''] ?? 0)
}

/** Source: POSIX, kill. */
const SIGNALS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGTERM: 15,
}

function notStarted(file: string, reason: string): Problem {
  return {
    code: 'EXEC_NOT_STARTED',
    message: `${file} could not be started: ${reason.replace(/^EACCES: .* may not be executed$/, 'it may not be executed')}.`,
    hint: isNotExecutable(reason)
      ? `Make it executable (chmod +x ${file}), or name its interpreter.`
      : lacksInterpreter(reason)
        ? 'Its first line names an interpreter that is not there.'
        : 'Check its name, or install it first.',
  }
}

/** Removes our own inputs: they hold tokens that the command does not need. */
function withoutOurs(env: Job['effects']['env']): Job['effects']['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GO_PROXY_SETUP_')))
}
