import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import type { CleanUp } from '../clean-up.ts'
import type { Internet } from '../servers/internet.ts'
import { checkOut, createJob, useAction } from './action.ts'
import { type ExampleWorld, type PrivateDomain, serviceFiles, worldVariables } from './examples.ts'
import type { Job, StepResult } from './fake-runner.mjs'
import { machineGocache } from './project.ts'

interface Step {
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string | boolean>>
  readonly env?: Readonly<Record<string, string>>
}

/** A job of a workflow, as its YAML has it. */
export interface WorkflowJob {
  readonly outputs?: Readonly<Record<string, string>>
  readonly container?: { readonly image: string; readonly options?: string }
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> }
  readonly steps: readonly Step[]
}

/** A job that was played to its end. */
export interface PlayedJob {
  readonly job: Job
  readonly outputs: Readonly<Record<string, string>>
  /** What the page of the job shows, and what the steps printed before it was masked. */
  readonly log: string
  /** Paths that upload-artifact was given. */
  readonly kept: readonly string[]
}

export interface WorkflowPlay {
  readonly world: ExampleWorld
  readonly internet?: Internet
  /** Where the private module of the checkout is. */
  readonly domain?: PrivateDomain
  /** What stands between `${{` and `}}`, without the steps' own outputs. */
  readonly expressions: Readonly<Record<string, string>>
  /** In front of PATH: programs that stand in for those of other machines. */
  readonly programs?: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Plays a job's steps on the fake runner: this action as users get it, `run` in bash as the runner starts it, checkout by
 * the files that are there. Each step must succeed.
 */
export async function playWorkflowJob(job: WorkflowJob, play: WorkflowPlay, cleanUp: CleanUp): Promise<PlayedJob> {
  const variables = worldVariables(play.world, play.internet ?? play.world.internet)
  const path = [play.programs, variables['PATH']].filter(Boolean).join(':')
  const runner = cleanUp(createJob({ ...variables, GOCACHE: machineGocache(), PATH: path, ...play.env }))
  const outputs: Record<string, string> = { ...play.expressions }
  const evaluate = (text: string | boolean) =>
    String(text).replace(/\$\{\{ *([^}]+?) *\}\}/g, (_, name: string) => {
      const value = outputs[name]
      if (value === undefined) throw new Error(`no value for the expression ${name}`)
      return value
    })
  const evaluateAll = (record: Readonly<Record<string, string | boolean>> = {}) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, evaluate(value)]))
  const logs: string[] = []
  const kept: string[] = []
  const finish = (result: StepResult) => {
    const raw = result.raw.replace(/^::add-mask::.*$/gm, '')
    logs.push(...result.log, raw, JSON.stringify([result.outputs, result.env, result.summary]))
    expect([result.outcome, result.log.join('\n')]).toEqual(['success', result.log.join('\n')])
  }
  for (const step of job.steps) {
    const action = step.uses?.replace(/^https:\/\/[\w.]+\//, '').replace(/@.*$/, '')
    if (action === 'actions/checkout') checkOut(runner, serviceFiles(play.domain))
    else if (action?.endsWith('/upload-artifact')) kept.push(evaluate(step.with?.['path'] ?? ''))
    else {
      const env = evaluateAll(step.env)
      const result =
        action === 'org/go-proxy-setup'
          ? await useAction(runner, evaluateAll(step.with), { env })
          : await runInBash(runner, evaluate(step.run ?? ''), env)
      finish(result)
      for (const [name, value] of Object.entries(result.outputs)) outputs[`steps.${step.id}.outputs.${name}`] = value
    }
  }
  for (const result of await runner.finish()) finish(result)
  return { job: runner, outputs: evaluateAll(job.outputs), log: logs.join('\n'), kept }
}

/** As the runner starts a `run` without `shell`. */
async function runInBash(runner: Job, script: string, env: Readonly<Record<string, string>>): Promise<StepResult> {
  const file = join(runner.temp, 'step.sh')
  writeFileSync(file, script)
  const { node } = runner
  runner.node = 'bash'
  try {
    return await runner.step('-e', { args: [file], env })
  } finally {
    runner.node = node
  }
}

/** A program that writes down how it was called, and then does what a script says. @returns the directory for PATH */
export function standIn(directory: string, programs: Readonly<Record<string, string>>): string {
  const bin = join(directory, 'bin')
  mkdirSync(bin, { recursive: true })
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >>'${join(directory, 'calls')}'\n${script}\n`, {
      mode: 0o755,
    })
  return bin
}
