import { join } from 'node:path'
import type { Environment, Files } from '../effects.ts'
import { cachesWithSetupGo, workflowPath } from './setup-go.ts'

/** Whether setup-go stores the module cache in this job, as its workflow file says. */
export async function findSetupGo(env: Environment, files: Pick<Files, 'readText'>): Promise<boolean> {
  const path = workflowPath(env['GITHUB_WORKFLOW_REF'] ?? '', env['GITHUB_REPOSITORY'] ?? '')
  const workspace = env['GITHUB_WORKSPACE']
  if (path === undefined || !workspace) return false
  const text = await files.readText(join(workspace, path)).catch(() => undefined)
  return text !== undefined && cachesWithSetupGo(text, env['GITHUB_JOB'] ?? '')
}
