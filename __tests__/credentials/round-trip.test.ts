import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CredentialPlan } from '../../src/credentials/plan.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { runInGitsShell } from '../support/worlds/git-shell.ts'
import { goOracleSource } from '../support/worlds/go-oracle.ts'
import { okValue, planOf } from './facts.ts'

/**
 * A thousand tokens, of all that a token may hold, on their way from the input to those who use them: git's own
 * `credential fill`, and the reader of netrc files in the go command.
 */
const COUNT = 1_000
/** git reads the whole configuration for each question, so the questions are about shares of it. */
const SHARE = 50
const characters = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abcXYZ0189-._~') },
  { weight: 4, arbitrary: fc.constantFrom(...'%@:/+=?&#$!*\'"\\`(){}[]<>|;,^') },
  { weight: 1, arbitrary: fc.constantFrom(...'äßéñ日本語кириллица😀') },
)
const anyToken = fc.oneof(
  { weight: 50, arbitrary: fc.string({ unit: characters, minLength: 5, maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ unit: characters, minLength: 4_000, maxLength: 4_000 }) },
)
const anyUser = fc.option(
  fc.string({ unit: characters, minLength: 1, maxLength: 20 }).filter(text => !text.includes(':')),
  { nil: undefined },
)

interface Line {
  readonly place: string
  readonly user: string | undefined
  readonly token: string
}

const lines: readonly Line[] = fc
  .sample(fc.record({ user: anyUser, token: anyToken, deep: fc.boolean() }), COUNT)
  .map(({ deep, ...rest }, i) => ({ ...rest, place: `h${i}.example${deep ? '/group/sub' : ''}` }))

const textOf = (some: readonly Line[]) =>
  some.map(line => [line.place, ...(line.user === undefined ? [] : [line.user]), line.token].join(' ')).join('\n')
const text = textOf(lines)
const directory = cleanUpAfterAll().directory("it's %d ")
let plan: CredentialPlan

beforeAll(() => {
  plan = install(text, directory)
})

/** Writes what the credentials need. */
function install(credentials: string, directory: string): CredentialPlan {
  const plan = okValue(planOf(credentials, '', { directory }))
  for (const [name, content] of Object.entries(plan.files)) writeFileSync(join(directory, name), content)
  return plan
}

function environmentOf({ download }: CredentialPlan): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: directory, GIT_TERMINAL_PROMPT: '0', ...download }
}

test('git gets each as it was given, with and without .git, and asks nobody', async () => {
  const environments = Array.from({ length: COUNT / SHARE }, (_, i) => {
    const own = join(directory, `share ${i}`)
    mkdirSync(own)
    return environmentOf(install(textOf(lines.slice(i * SHARE, (i + 1) * SHARE)), own))
  })
  const wrong: unknown[] = []
  const ask = async (share: number) => {
    const asked = lines.slice(share * SHARE, (share + 1) * SHARE)
    const urls = asked.map(({ place }, i) => `https://${place}${i % 2 === 0 ? '' : '/repository.git'}`)
    const answers = await fill(urls, environments[share] ?? {})
    for (const [i, { user = 'oauth2', token }] of asked.entries())
      if (answers[i] !== `${user}\n${token}`) wrong.push({ url: urls[i], user, token, answer: answers[i] })
  }
  const queue = environments.keys()
  await Promise.all(
    Array.from({ length: 2 }, async () => {
      for (const share of queue) await ask(share)
    }),
  )
  expect(wrong).toEqual([])
}, 180_000)

test('a helper answers for its own place alone', async () => {
  const env = environmentOf(plan)
  const deep = lines.find(({ place }) => place.includes('/'))?.place ?? ''
  const host = deep.split('/')[0]
  const others = [`https://${host}/other`, `https://${deep}marine/x`, `http://${deep}`, `https://${host}:444/group/sub`]
  const [own, ...answers] = await fill([`https://${deep}`, ...others], env)
  expect(answers).toEqual(others.map(() => ''))
  // It knows its own among a thousand.
  expect(own).not.toBe('')
})

/** For each URL `user\npassword`, or nothing. */
async function fill(urls: readonly string[], env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const script = `for url; do printf 'url=%s\\n\\n' "$url" | git credential fill; printf '\\0'; done`
  const printed = await runInGitsShell(script, urls, { cwd: directory, env })
  return printed
    .split('\0')
    .slice(0, urls.length)
    .map(answer => {
      const values = Object.fromEntries(answer.split('\n').map(line => /^(\w+)=(.*)$/.exec(line)?.slice(1) ?? ['', '']))
      return answer === '' ? '' : `${values['username']}\n${values['password']}`
    })
}

test('go reads each out of the netrc file, before what the user had there', () => {
  const users = 'machine h0.example login stale password stale\nmachine own.example\n\tlogin me\n\tpassword mine\n'
  const { files } = okValue(planOf(text, '', { directory, netrc: users }))
  const source = join(directory, 'reader')
  goOracleSource('cmd/go/internal/auth/netrc.go', source)
  writeFileSync(
    join(source, 'main.go'),
    `package main

import ("encoding/json"; "io"; "os")

func main() {
	data, _ := io.ReadAll(os.Stdin)
	lines := [][3]string{}
	for _, l := range parseNetrc(string(data)) { lines = append(lines, [3]string{l.machine, l.login, l.password}) }
	json.NewEncoder(os.Stdout).Encode(lines)
}
`,
  )
  const printed = execFileSync('go', ['run', '.'], {
    cwd: source,
    input: files['netrc'],
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, GOFLAGS: '', GOWORK: 'off' },
  })
  const read = JSON.parse(printed) as readonly (readonly [string, string, string])[]
  // What go compares: cmd/go/internal/auth, storeCredential.
  const first = (machine: string) => read.find(([name]) => name.replace(/^https:\/\//, '') === machine)?.slice(1)
  for (const line of lines) {
    for (const machine of line.place.includes('/')
      ? [line.place, `${line.place}?go-get=1`]
      : [line.place, `${line.place}:443`])
      expect([machine, first(machine)]).toEqual([machine, [line.user ?? 'oauth2', line.token]])
  }
  expect(first('own.example')).toEqual(['me', 'mine'])
  expect(readFileSync(join(directory, 'git.config'), 'utf8')).not.toContain(lines[0]?.token)
}, 120_000)
