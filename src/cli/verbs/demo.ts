import { performJob } from '../job-verb.ts'
import type { Options } from '../options.ts'
import type { VerbWorld } from '../world.ts'
import { RUN } from './run.ts'

/** The verb `run` with a project and proxies that it makes itself. @returns the exit code */
export async function demo(options: Options, world: VerbWorld): Promise<number> {
  const { effects, temporaryDirectory } = world
  const { startDemo } = await import(/* webpackMode: "eager" */ '../../demo/project.ts')
  const { env, directory, proxies, close } = await startDemo(temporaryDirectory, effects.env, effects.files)
  try {
    effects.log.info('A project of 24 modules and eight proxies, all on this machine:')
    for (const { url, what } of proxies) effects.log.info(`  ${url}  ${what}`)
    const urls = proxies.map(({ url }) => url).join('\n')
    const ours = { proxies: urls, workingDirectory: directory, fallback: 'off' }
    return await performJob(RUN, { ...options, ...ours }, { ...world, effects: { ...effects, env }, cwd: directory })
  } finally {
    await close()
  }
}
