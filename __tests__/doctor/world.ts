import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type Fault, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { type Authority, createAuthority } from '../support/builders/certificates.ts'
import type { CleanUp } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { createProject, goEnvironment, type TestProject } from '../support/worlds/project.ts'

/** The module that the project of a row needs, and the database that vouches for it. */
export const MODULE = buildModule({ path: 'pkg.test.dev/m', version: 'v1.0.0' })
export const DATABASE = makeDatabase('sum.test.dev', MODULE)

export const FILES = { 'go.mod': goModOf('pkg.test.dev/project', [MODULE]), 'go.sum': goSumOf([MODULE]) }

/** What a proxy passes on of a database. */
export function passOn(answers: ReadonlyMap<string, Buffer>): NonNullable<ProxyOptions['extra']> {
  return path => answers.get(path.replace(/^\/sumdb\/sum\.test\.dev/, ''))
}

/** A sound proxy, or one with a fault for the paths that fit. */
export async function proxyWith(
  cleanUp: CleanUp,
  fault?: Fault,
  paths = /^(?!sumdb)/,
  more: Partial<ProxyOptions> = {},
): Promise<DemoProxy> {
  return cleanUp(
    await startProxy({
      modules: [MODULE],
      extra: passOn(DATABASE.answers),
      ...(fault && { fault: ({ path }) => (paths.test(path) ? fault : undefined) }),
      ...more,
    }),
  )
}

export interface Scene {
  readonly env?: Readonly<Record<string, string>>
  readonly options?: Readonly<Record<string, string>>
  /** In place of, or beside, those of the sound project. */
  readonly files?: Readonly<Record<string, string>>
  /** Has no go.mod. */
  readonly bare?: boolean
}

/** A project in a directory of its own, and an environment in which nothing is wrong but what the scene says. */
export function setUp(
  cleanUp: CleanUp,
  { env = {}, files = {}, bare = false }: Scene,
): { project: TestProject; env: Record<string, string> } {
  const project = cleanUp(createProject(bare ? files : { ...FILES, ...files }))
  const own = goEnvironment(project, { GOSUMDB: DATABASE.verifierKey, GIT_CONFIG_NOSYSTEM: '1', ...env })
  return { project, env: own }
}

/** An authority that a scene trusts, beside the project. */
export async function authorityFor(cleanUp: CleanUp): Promise<Authority> {
  return createAuthority(cleanUp.directory('doctor-authority-'))
}

/** A file in a directory, and the directories on the way to it. @returns its path */
export function fileIn(directory: string, name: string, text: string): string {
  const path = join(directory, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}
