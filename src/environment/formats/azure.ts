import type { Problem } from '../../errors.ts'
import type { Variable } from '../variables.ts'
import { obstructed, PUBLIC_LOGIN } from './refusal.ts'

/**
 * Logging commands of Azure Pipelines, which make variables of the later steps of a job: printed on standard output, one a
 * line. `%`, CR and LF are escaped in a message; `;` and `]` only have to be in a property, and the agent reads their
 * escapes in both. Source: Microsoft's page of logging commands; azure-pipelines-task-lib, taskcommand.ts.
 */
export function renderAzure(variables: readonly Variable[]): string {
  return variables
    .map(({ name, value }) => `##vso[task.setvariable variable=${name}]${escapeForAzure(value)}\n`)
    .join('')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '%': '%AZP25',
  '\r': '%0D',
  '\n': '%0A',
  ';': '%3B',
  ']': '%5D',
}

function escapeForAzure(value: string): string {
  return value.replace(/[%\r\n;\]]/g, char => ESCAPES[char] ?? char)
}

export function azureObstacles(variables: readonly Variable[]): readonly Problem[] {
  return obstructed('azure', variables, [PUBLIC_LOGIN], 'a secret variable of the pipeline')
}
