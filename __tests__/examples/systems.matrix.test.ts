import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { READERS } from '../support/builders/format-grammars.ts'
import { ROOT } from '../support/worlds/documents.ts'
import {
  ASK_GO,
  expectModules,
  expectNoToken,
  expectReport,
  expectSettings,
  openExampleTests,
  readExample,
  readYamlExample,
  restoreBuildCache,
  startPlay,
  TOKEN,
} from '../support/worlds/examples.ts'

/**
 * Each example of another CI system, played: its lines, from the file itself, in the shell of that system, with real go,
 * real git, the program that users get, and what the system passes from step to step, read by the system's grammar.
 */
const { checkOut } = openExampleTests()

const CREDENTIALS = `github.com/my-org ${TOKEN}`

const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('the examples, played', () => {
  test('GitLab CI: a dotenv report and a cache take settings and modules to the next job', async () => {
    const { modules, test: later, variables } = readYamlExample('ci/gitlab-ci.yml')
    const checkout = checkOut('gitlab.com/my-group')
    const { run, log } = startPlay(checkout)
    restoreBuildCache(checkout, '.go/build')
    const given = {
      ...expandAll(variables, name => (name === 'CI_PROJECT_DIR' ? checkout.directory : undefined)),
      ...{ CI: 'true', GITLAB_CI: 'true', CI_PROJECT_DIR: checkout.directory, CI_JOB_TOKEN: TOKEN },
      ...{ CI_SERVER_HOST: 'gitlab.com', CI_SERVER_PORT: '443', CI_SERVER_PROTOCOL: 'https' },
    }
    await run('bash', modules.script, { ...given, ...modules.variables })
    const report = readFileSync(join(checkout.directory, modules.artifacts.reports.dotenv), 'utf8')
    const said = await run('bash', [...later.script, ASK_GO], {
      ...given,
      ...Object.fromEntries(READERS.gitlab(report)),
      // What another job's machine has not got.
      CI_JOB_TOKEN: '',
    })
    expect(later.cache[0].paths).toEqual(modules.cache.paths)
    expectSettings(said, checkout)
    expectModules(checkout, given)
    for (const path of modules.artifacts.paths) expectReport(checkout, path)
    expectNoToken(checkout, log())
  })

  test('Jenkins: withEnv takes the settings to later steps, and only the download has the token', async () => {
    const text = readExample('ci/Jenkinsfile')
    const checkout = checkOut()
    const { run, log } = startPlay(checkout)
    const environment = Object.fromEntries(
      [...blockAfter(text, 'environment ').matchAll(/^\s*(\w+) = '([^']*)'$/gm)].map(([, name, value]) => [
        name,
        value,
      ]),
    )
    const [, measure = ''] = /sh\(script: '([^'\\]+)', returnStdout: true\)/.exec(text) ?? []
    const inEnv = blockAfter(text, "withEnv(settings.split('\\n') as List) ")
    const [head = '', variable = ''] =
      /withCredentials\(\[string\(credentialsId: '[\w-]+', variable: '(\w+)'\)\]\) /.exec(text) ?? []
    const withToken = stepsOf(blockAfter(inEnv, head))
    const others = stepsOf(inEnv).filter(step => !withToken.includes(step))
    const calls = text.match(/\bsh[ (]/g) ?? []
    expect([measure !== '', withToken.length, others.length]).toEqual([true, 1, calls.length - 2])
    const base = { ...environment, JENKINS_URL: 'https://jenkins.example/', WORKSPACE_TMP: checkout.root }
    const { stdout } = await run('shWithTrace', measure, base)
    const inside = { ...base, ...Object.fromEntries(READERS.jenkins(stdout)) }
    for (const step of withToken) await run('shWithTrace', step, { ...inside, [variable]: CREDENTIALS })
    const said = await run('shWithTrace', [...others, ASK_GO], inside)
    expectSettings(said, checkout)
    expectModules(checkout)
    expectReport(checkout, /archiveArtifacts artifacts: '([^']+)'/.exec(text)?.[1] ?? '')
    expectNoToken(checkout, log())
  })

  test('CircleCI: $BASH_ENV takes the settings to later steps', async () => {
    const { steps, environment } = readYamlExample('ci/circleci.yml').jobs.test
    const checkout = checkOut()
    const { run, log } = startPlay(checkout)
    const file = join(checkout.root, 'bash_env')
    writeFileSync(file, '')
    const env = {
      ...environment,
      CI: 'true',
      CIRCLECI: 'true',
      BASH_ENV: file,
      GO_PROXY_SETUP_CREDENTIALS: CREDENTIALS,
    }
    const commands = steps.flatMap((step: { run?: { command: string } }) => step.run?.command ?? [])
    for (const command of commands.slice(0, -1)) await run('bash', command, env)
    const said = await run('bash', [commands.at(-1), ASK_GO], env)
    expectSettings(said, checkout)
    expectModules(checkout)
    expectReport(checkout, steps.at(-1).store_artifacts.path)
    expectNoToken(checkout, log())
  })

  test('Azure Pipelines: logging commands take the settings to later steps', async () => {
    const { steps, variables } = readYamlExample('ci/azure-pipelines.yml')
    const checkout = checkOut()
    const { run, log } = startPlay(checkout)
    const staging = join(checkout.root, 'staging')
    mkdirSync(staging)
    restoreBuildCache({ ...checkout, directory: checkout.root }, '.go-build')
    const macros: Record<string, string> = {
      'Pipeline.Workspace': checkout.root,
      'Build.ArtifactStagingDirectory': staging,
      MODULES_TOKEN: TOKEN,
    }
    const expand = (text: string) =>
      text.replace(/\$\((\w[\w.]*)\)/g, (_, name: string) => macros[name] ?? fail(`no variable ${name}`))
    const job: Record<string, string> = { CI: 'true', TF_BUILD: 'True', AGENT_TEMPDIRECTORY: checkout.root }
    for (const [name, value] of Object.entries<string>(variables)) job[name] = expand(value)
    const scripts: readonly { script: string; env?: Record<string, string> }[] = steps.filter(
      (step: { script?: string }) => step.script,
    )
    for (const [i, { script, env = {} }] of scripts.entries()) {
      const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, expand(value)]))
      const last = i === scripts.length - 1
      const said = await run('bashWithoutEnd', [expand(script), ...(last ? [ASK_GO] : [])], { ...job, ...own })
      const commands = said.stdout.split('\n').filter(line => line.startsWith('##vso['))
      Object.assign(job, Object.fromEntries(READERS.azure(commands.map(line => `${line}\n`).join(''))))
      if (last) expectSettings(said, checkout)
    }
    expectModules(checkout)
    expect(expand(steps.at(-1).publish)).toBe(staging)
    expectReport(checkout, join(staging, 'go-proxy-setup.json'))
    expectNoToken(checkout, log())
  })

  test('Buildkite: the hook gives its settings to the agent, which has them in the commands', async () => {
    const { env, steps } = readYamlExample('ci/buildkite/pipeline.yml')
    const checkout = checkOut()
    const { run, log } = startPlay(checkout)
    const told = join(checkout.root, 'told')
    // Stands in for the agent: it gets its arguments as the real one does.
    const agent = join(checkout.root, 'bin', 'buildkite-agent')
    mkdirSync(join(checkout.root, 'bin'))
    writeFileSync(
      agent,
      `#!/bin/sh\n[ "$1 $2 $3" = "env set --output-format=quiet" ] && shift 3 && printf '%s\\0' "$@" >'${told}'\n`,
    )
    chmodSync(agent, 0o755)
    const path = `${join(checkout.root, 'bin')}:${checkout.env['PATH']}`
    const [{ commands, secrets, artifact_paths: report }] = steps
    const secret = Object.fromEntries(Object.keys(secrets).map(name => [name, CREDENTIALS]))
    const job = { ...env, ...secret, CI: 'true', BUILDKITE: 'true', PATH: path }
    await run('bash', `. '${join(ROOT, 'examples/ci/buildkite/hooks/pre-command')}'`, job)
    const pairs = readFileSync(told, 'utf8').split('\0').slice(0, -1)
    const settings = pairs.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
    const said = await run('bash', [...commands, ASK_GO], { ...job, ...Object.fromEntries(settings) })
    expectSettings(said, checkout)
    expectModules(checkout)
    expectReport(checkout, report)
    expectNoToken(checkout, log())
  })

  test('Woodpecker: one step measures, downloads and tests; the next finds the report', async () => {
    const [step, keep] = readYamlExample('ci/woodpecker.yml').steps
    const checkout = checkOut()
    const { run, log } = startPlay(checkout)
    // Woodpecker would replace these before a shell sees them.
    expect(step.commands.join('\n')).not.toMatch(/\$\{/)
    const env = Object.fromEntries(
      Object.entries<string | { from_secret: string }>(step.environment).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : CREDENTIALS,
      ]),
    )
    const said = await run('sh', [...step.commands, ASK_GO], { ...env, CI: 'woodpecker' })
    expectSettings(said, checkout)
    expectModules(checkout)
    expectReport(checkout, keep.settings.source)
    expectNoToken(checkout, log())
  })

  test('Bitbucket Pipelines: one script measures, downloads and tests', async () => {
    const { definitions, pipelines } = readYamlExample('ci/bitbucket-pipelines.yml')
    const { step } = pipelines.default[0]
    const checkout = checkOut('bitbucket.org/my-workspace')
    const { run, log } = startPlay(checkout)
    restoreBuildCache(checkout, definitions.caches[step.caches[0]].path)
    const said = await run('bash', [...step.script, ASK_GO], {
      CI: 'true',
      BITBUCKET_BUILD_NUMBER: '7',
      BITBUCKET_CLONE_DIR: checkout.directory,
      GO_PROXY_SETUP_CREDENTIALS: `bitbucket.org/my-workspace ${TOKEN}`,
    })
    expectSettings(said, checkout)
    expectModules(checkout)
    for (const path of step.artifacts.upload[0].paths) expectReport(checkout, path)
    expectNoToken(checkout, log())
  })

  test('TeamCity: service messages take the settings to later steps', async () => {
    const text = readExample('ci/teamcity.kts')
    const checkout = checkOut()
    const { run, log } = startPlay(checkout)
    restoreBuildCache(checkout, /rules = "([^"]+)"/.exec(text)?.[1] ?? '')
    const build: Record<string, string | undefined> = { TEAMCITY_VERSION: '2025.07' }
    for (const [, kind, name = '', value = ''] of text.matchAll(/\b(param|password)\("env\.(\w+)", "([^"]*)"\)/g))
      build[name] =
        kind === 'password' ? CREDENTIALS : value.replace('%teamcity.build.checkoutDir%', checkout.directory)
    const scripts = [...text.matchAll(/scriptContent = (?:"([^"$\\]+)"|"""([^"$\\]+)"""\.trimIndent\(\))/g)].map(
      ([, line, lines = '']) => line ?? lines.replace(/^ +/gm, '').trim(),
    )
    expect([scripts.length, Object.keys(build).length]).toEqual([text.match(/scriptContent/g)?.length, 5])
    for (const [i, script] of scripts.entries()) {
      const last = i === scripts.length - 1
      const said = await run('shWithoutEnd', [script, ...(last ? [ASK_GO] : [])], build as Record<string, string>)
      const messages = said.stdout.split('\n').filter(line => line.startsWith('##teamcity[setParameter '))
      Object.assign(build, Object.fromEntries(READERS.teamcity(messages.map(line => `${line}\n`).join(''))))
      if (last) expectSettings(said, checkout)
    }
    expectModules(checkout)
    expectReport(checkout, /artifactRules = "([^"]+)"/.exec(text)?.[1] ?? '')
    expectNoToken(checkout, log())
  })
})

/** `$NAME` in the values, as GitLab expands it. */
function expandAll(
  variables: Readonly<Record<string, string>>,
  lookUp: (name: string) => string | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      value.replace(/\$(\w+)/g, (_, other: string) => lookUp(other) ?? fail(`no variable ${other}`)),
    ]),
  )
}

function fail(message: string): never {
  throw new Error(message)
}

/** What stands between the braces behind a text that is there once. */
function blockAfter(text: string, head: string): string {
  const start = text.indexOf(`${head}{`)
  if (head === '' || start < 0) throw new Error(`there is no ${head}{`)
  let depth = 0
  for (let at = start + head.length; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return text.slice(start + head.length + 1, at)
  }
  throw new Error(`${head}{ has no end`)
}

/** The lines `sh '…'` of a Jenkinsfile; a backslash would be an escape there. */
function stepsOf(block: string): readonly string[] {
  return [...block.matchAll(/^\s*sh '([^'\\]+)'$/gm)].map(([, script = '']) => script)
}
