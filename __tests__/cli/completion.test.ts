import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { renderBashCompletion } from '../../src/cli/completion/bash.ts'
import { renderFishCompletion } from '../../src/cli/completion/fish.ts'
import { placesOf } from '../../src/cli/completion/places.ts'
import { renderPowershellCompletion } from '../../src/cli/completion/powershell.ts'
import { renderZshCompletion } from '../../src/cli/completion/zsh.ts'
import { describeProgram } from '../../src/cli/program.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'

const places = placesOf(describeProgram(() => {}, 80))
const directory = cleanUpAfterAll().directory('completion-')
beforeAll(() => {
  for (const [name, text] of Object.entries({
    bash: renderBashCompletion(places),
    zsh: renderZshCompletion(places),
    fish: renderFishCompletion(places),
  }))
    writeFileSync(join(directory, name), text)
})

function run(shell: string, args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], HOME: directory, LC_ALL: 'C.UTF-8', TERM: 'dumb' }
  return execFileSync(shell, args, {
    env,
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 30_000,
  })
}

/** Each asks a real shell what may stand at the end of a command line. */
const SHELLS: Readonly<Record<string, (words: readonly string[]) => string>> = {
  bash: words =>
    run('bash', [
      '--norc',
      '-c',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: bash reads it.
      'source ./bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _go_proxy_setup; printf "%s\\n" "${COMPREPLY[@]}"',
      'bash',
      ...words,
    ]),
  // A line editor in a terminal of zsh's own; what it finds goes to a file.
  zsh: words => {
    const inner = `compadd() { local -a hits; builtin compadd -O hits "$@"; print -l -- $hits >>found; builtin compadd "$@" }
autoload -Uz compinit && compinit -u -D && source ./zsh
ended() { print ENDED; exit }; zle -N ended; bindkey '^X' ended; bindkey '^I' complete-word
`
    writeFileSync(join(directory, 'inner'), inner)
    writeFileSync(join(directory, 'found'), '')
    const driver = `zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z 'source ./inner'
zpty -w -n z $'${words.join(' ')}\\t\\x18'; zpty -r z out '*ENDED*'; zpty -d z`
    run('zsh', ['-f', '-c', driver])
    return readFileSync(join(directory, 'found'), 'utf8')
  },
  fish: words =>
    run('fish', ['--no-config', '-c', `source ./fish; complete -C '${words.join(' ')}'`]).replace(/\t.*/g, ''),
}

function isThere(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', ''], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const FORMATS = ['azure', 'cmd', 'gitlab', 'shell']
const ROWS: readonly (readonly [words: string, has: readonly string[], hasNot: readonly string[]])[] = [
  ['go-proxy-setup |', ['run', 'bench', 'env', 'report', 'completion', 'help'], ['serve', 'show']],
  ['go-proxy-setup b|', ['bench'], ['run']],
  ['go-proxy-setup report |', ['show', 'compare'], ['run']],
  ['go-proxy-setup completion |', ['bash', 'zsh', 'fish', 'powershell'], ['run']],
  ['go-proxy-setup env --form|', ['--format'], ['--fallback']],
  ['go-proxy-setup env --format |', FORMATS, ['text', 'run', '--json']],
  ['go-proxy-setup env -C . --selection |', ['fastest', 'ordered'], ['shell']],
  ['go-proxy-setup report show --format |', ['text', 'summary', 'trace', 'html'], ['shell']],
  ['go-proxy-setup bench --mark|', ['--markdown'], ['--format']],
  ['go-proxy-setup bench --audit|', [], ['--audit-log']],
]

describe.each(Object.entries(SHELLS))('%s', (shell, ask) => {
  const whereItIs = isThere(shell) ? test : test.skip
  whereItIs.each(ROWS)('%s', (line, has, hasNot) => {
    const found = ask(line.replace('|', '').split(' ')).split('\n')
    expect([line, has.filter(word => !found.includes(word))]).toEqual([line, []])
    expect([line, hasNot.filter(word => found.includes(word))]).toEqual([line, []])
  })
})

test('every verb and option that the help shows is in every script', () => {
  const texts = [renderBashCompletion, renderZshCompletion, renderPowershellCompletion].map(render => render(places))
  const program = describeProgram(() => {}, 80)
  for (const verb of program.commands.filter(one => one.name() !== 'serve')) {
    const options = verb.createHelp().visibleOptions(verb)
    for (const name of [verb.name(), ...options.map(({ long }) => long ?? '')])
      expect([name, texts.filter(text => !new RegExp(`['( ]${name}[') :=]`).test(text)).length]).toEqual([name, 0])
  }
})

test('PowerShell’s script is printable ASCII whose quotes and brackets close', () => {
  const text = renderPowershellCompletion(places)
  expect(text).toMatch(/^[\n -~]*$/)
  // Its tables do not tell upper from lower case, and refuse a key that is there already.
  const keys = [...text.matchAll(/^ +'([^']*)' = @/gm)].map(([, key]) => key?.toLowerCase())
  expect(keys.length).toBeGreaterThan(20)
  expect(keys).toEqual([...new Set(keys)])
  const bare = text.replace(/'[^'\n]*'/g, '')
  expect(bare).not.toContain("'")
  for (const [open, close] of ['{}', '()', '[]'])
    expect(bare.split(open ?? '').length).toBe(bare.split(close ?? '').length)
})
