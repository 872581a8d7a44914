import type { Problem } from '../../errors.ts'
import { quoteForShell } from '../../text/shell.ts'
import type { Variable } from '../variables.ts'
import { obstructed, PUBLIC_LOGIN } from './refusal.ts'

/**
 * Build arguments for `eval "docker build $(… env --format docker) ."`: `--build-arg 'NAME=value'`, quoted for a shell, on
 * one line. A Dockerfile takes those that it names with ARG. Everyone who has the image can read them in its history.
 * Source: Docker's reference, docker buildx build.
 */
export function renderDocker(variables: readonly Variable[]): string {
  if (variables.length === 0) return ''
  return `${variables.map(({ name, value }) => `--build-arg ${quoteForShell(`${name}=${value}`)}`).join(' ')}\n`
}

export function dockerObstacles(variables: readonly Variable[]): readonly Problem[] {
  return obstructed('docker', variables, [PUBLIC_LOGIN], 'a secret mount of the build: RUN --mount=type=secret')
}
