import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { type Origin, startOrigin } from '../support/servers/origins.ts'
import { DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'
import { runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()
const modules = [buildModule({ path: 'example.com/m0', version: 'v1.0.0' })]
const onPosix = process.platform === 'win32' ? describe.skip : describe

/** A user with a home and a proxy, whose go reads its own file. */
async function newUser(extra: Readonly<Record<string, string>> = {}) {
  const project = cleanUp(projectOf(modules))
  const root = dirname(project.directory)
  const home = join(root, 'home')
  const { GOENV: _, ...env } = goEnvironment(project, {
    GO_PROXY_SETUP_POLICY: QUICK_POLICY,
    TMPDIR: root,
    SHELL: '/bin/sh',
    ...extra,
  })
  const proxy: Origin = cleanUp(await startOrigin('good', modules))
  const goEnv = join(home, '.config', 'go', 'env')
  const play = (args: readonly string[], more: Readonly<Record<string, string>> = {}, user?: number) =>
    runProgram(process.execPath, [DIST, 'env', ...args], {
      env: { ...env, ...more },
      cwd: project.directory,
      ...(user && { uid: user, gid: user }),
    })
  return {
    ...project,
    home,
    env,
    goEnv,
    proxy,
    play,
    write: (target: string, ...args: readonly string[]) => play(['--write', target, '--proxies', proxy.url, ...args]),
    remove: (target: string) => play(['--remove', target]),
    go: (...args: readonly string[]) =>
      execFileSync('go', args, { env, encoding: 'utf8', cwd: project.directory }).trim(),
    /** The directory of a file has it and nothing else: no temporary file stayed. */
    neighbours: (file: string) => readdirSync(dirname(file)).filter(name => name.startsWith('.go-proxy-setup')),
  }
}

onPosix('env --write go-env', () => {
  test('go reads it; a second time nothing changes; removed, go’s file has the bytes that were there', async () => {
    const user = await newUser()
    const before = 'GOFLAGS=-mod=mod\nGOPRIVATE=mine.example\n# a note\nGOPROXY=https://me:hunter2@old.example'
    writeFileSync(user.goEnv, before)
    chmodSync(user.goEnv, 0o640)
    const first = await user.write('go-env', '--private-domains', 'git.corp.example')
    expect([first.code, first.stderr]).toEqual([0, expect.not.stringContaining('hunter2')])
    expect(user.go('env', 'GOPROXY', 'GOPRIVATE', 'GOFLAGS').split('\n')).toEqual([
      user.proxy.url,
      'mine.example,git.corp.example',
      '-modcacherw',
    ])
    expect(first.stdout.split('\n').slice(0, 3)).toEqual([
      `${user.goEnv}:`,
      '- 2  GOPRIVATE=mine.example',
      '+ 2  # before go-proxy-setup: GOPRIVATE=mine.example',
    ])
    expect(first.stdout).toContain(`  GOPROXY=${user.proxy.url}\n`)
    expect(first.stdout).toContain('GOPROXY=https://***@old.example')
    expect(first.stdout).not.toContain('hunter2')
    const written = readFileSync(user.goEnv, 'utf8')
    expect([statSync(user.goEnv).mode & 0o777, user.neighbours(user.goEnv)]).toEqual([0o640, []])

    const second = await user.write('go-env', '--private-domains', 'git.corp.example')
    expect([second.code, second.stdout]).toEqual([
      0,
      `${user.goEnv}: nothing to change: it already has these settings.\n`,
    ])
    expect(readFileSync(user.goEnv, 'utf8')).toBe(written)

    const removed = await user.remove('go-env')
    expect([removed.code, removed.stderr]).toEqual([0, ''])
    expect(readFileSync(user.goEnv, 'utf8')).toBe(before)
    expect((await user.remove('go-env')).stdout).toBe(
      `${user.goEnv}: nothing to change: it has nothing from go-proxy-setup.\n`,
    )
  }, 30_000)

  test('what `go env -w` does in between stays, and what it would have lost comes back', async () => {
    const user = await newUser()
    writeFileSync(user.goEnv, 'GOPROXY=https://old.example\n')
    await user.write('go-env')
    user.go('env', '-w', 'GONOSUMDB=mine.example', 'GOSUMDB=sum.golang.google.cn')
    expect(user.go('env', 'GOPROXY', 'GOSUMDB').split('\n')).toEqual([user.proxy.url, 'sum.golang.google.cn'])
    const removed = await user.remove('go-env')
    expect(removed.stderr).toContain('[ENV_REMOVE_KEPT]')
    expect(readFileSync(user.goEnv, 'utf8').split('\n').sort()).toEqual([
      '',
      'GONOSUMDB=mine.example',
      'GOPROXY=https://old.example',
      'GOSUMDB=sum.golang.google.cn',
    ])
  }, 30_000)

  test('makes the file and its directory, and takes the file away again', async () => {
    const user = await newUser()
    const place = join(user.home, 'new', 'go', 'env')
    const more = { XDG_CONFIG_HOME: join(user.home, 'new') }
    const written = await user.play(['--write', 'go-env', '--proxies', user.proxy.url, '--json'], more)
    expect(JSON.parse(written.stdout)).toMatchObject({
      target: 'go-env',
      action: 'write',
      file: place,
      changed: true,
      exists: true,
      lines: [
        { line: 1, added: expect.stringContaining('BEGIN go-proxy-setup') },
        { line: 2 },
        { line: 3 },
        { line: 4 },
      ],
    })
    const removed = await user.play(['--remove', 'go-env', '--json'], more)
    expect(JSON.parse(removed.stdout)).toMatchObject({ action: 'remove', changed: true, exists: false })
    expect(existsSync(place)).toBe(false)
  }, 30_000)

  test('says what the environment overrides', async () => {
    const user = await newUser()
    const args = ['--write', 'go-env', '--proxies', user.proxy.url]
    const { code, stderr } = await user.play(args, { GOPROXY: 'https://other.example,direct' })
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/GOPROXY is set in the environment.*\[ENV_WRITE_OVERRIDDEN\]/s),
    ])
  })
})

onPosix('env --write dotenv:FILE', () => {
  test('its readers take our lines; in a file of Windows’ they end as the others', async () => {
    const user = await newUser()
    const file = join(user.directory, '.env')
    const before = 'A="1"\r\nGOPROXY=https://old.example\r\n'
    writeFileSync(file, before)
    expect((await user.write('dotenv:.env')).code).toBe(0)
    const written = readFileSync(file, 'utf8')
    expect(written).toMatch(/^([^\n]*\r\n)+$/)
    expect(parseEnv(written)).toMatchObject({ A: '1', GOPROXY: `${user.proxy.url},direct` })
    expect((await user.write('dotenv:.env')).stdout).toContain('nothing to change')
    await user.remove('dotenv:.env')
    expect(readFileSync(file, 'utf8')).toBe(before)
  }, 30_000)

  test('through a link, which stays; and the link’s target alone is taken away', async () => {
    const user = await newUser()
    const [link, target] = [join(user.directory, '.env'), join(user.home, 'shared.env')]
    symlinkSync(target, link)
    await user.write('dotenv:.env')
    expect([lstatSync(link).isSymbolicLink(), existsSync(target)]).toEqual([true, true])
    await user.remove('dotenv:.env')
    expect([lstatSync(link).isSymbolicLink(), existsSync(target)]).toEqual([true, false])
  }, 30_000)

  test('a line behind ours that sets the variable again is told', async () => {
    const user = await newUser()
    const file = join(user.directory, '.env')
    await user.write('dotenv:.env')
    writeFileSync(file, `${readFileSync(file, 'utf8')}GOPROXY=https://late.example\n`)
    const { code, stderr } = await user.write('dotenv:.env')
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/\.env, line 6: GOPROXY is set again behind ours|line \d: GOPROXY is set again/),
    ])
  }, 30_000)

  const files: readonly (readonly [string, (file: string) => void, RegExp])[] = [
    ['a directory', file => mkdirSync(file), /it is a directory.*\[ENV_WRITE_FILE\]/s],
    ['UTF-16', file => writeFileSync(file, '\ufeffA=b\n', 'utf16le'), /not UTF-8 text.*\[ENV_WRITE_FILE\]/s],
    ['too large', file => writeFileSync(file, 'A=b\n'.repeat(300_000)), /more than 1 MiB.*\[ENV_WRITE_FILE\]/s],
    ['a FIFO', file => execFileSync('mkfifo', [file]), /not a regular file.*\[ENV_WRITE_FILE\]/s],
    [
      'half a mark',
      file => writeFileSync(file, 'A=b\n# END go-proxy-setup\n'),
      /in line 2 do not belong.*\[ENV_WRITE_MARKS\]/s,
    ],
    ['an unfinished line', file => writeFileSync(file, 'A=b\\'), /ends with a backslash.*\[ENV_WRITE_UNFINISHED\]/s],
  ]
  test.each(files)('%s is refused and stays as it was', async (_, make, said) => {
    const user = await newUser()
    const file = join(user.directory, '.env')
    make(file)
    const { mtimeMs, size } = lstatSync(file)
    const { code, stdout, stderr } = await user.write('dotenv:.env')
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(said)])
    expect([lstatSync(file).mtimeMs, lstatSync(file).size, user.neighbours(file)]).toEqual([mtimeMs, size, []])
  })

  test('a directory that is missing is told', async () => {
    const user = await newUser()
    const { code, stderr } = await user.write('dotenv:no/such/.env')
    expect([code, stderr]).toEqual([1, expect.stringMatching(/there is no such directory.*\[ENV_WRITE_FILE\]/s)])
  })

  const asRoot = process.getuid?.() === 0 ? test : test.skip
  asRoot(
    'a file that this user may not write to is told, and another user’s stays his',
    async () => {
      const user = await newUser()
      const file = join(user.directory, '.env')
      writeFileSync(file, 'A=b\n', { mode: 0o444 })
      const [root, nobody] = [dirname(user.directory), 65_534]
      for (const path of [root, user.directory, user.home, file]) chownSync(path, nobody, nobody)
      const refused = await user.play(['--write', 'dotenv:.env', '--proxies', user.proxy.url], {}, nobody)
      expect([refused.code, refused.stderr]).toEqual([
        1,
        expect.stringMatching(/may not write to it.*\[ENV_WRITE_FILE\]/s),
      ])
      await user.write('dotenv:.env')
      expect(readFileSync(file, 'utf8')).toContain('GOPROXY=')
      expect([statSync(file).uid, statSync(file).mode & 0o777]).toEqual([nobody, 0o444])
    },
    30_000,
  )
})

onPosix('env --write profile', () => {
  /** A new shell of each kind, as a terminal starts it, says what it has. */
  const SHELLS: readonly (readonly [string, string, readonly string[]])[] = [
    ['sh', '.profile', ['-l', '-c']],
    ['bash', '.bashrc', ['-i', '-c']],
    ['zsh', '.zshrc', ['-i', '-c']],
    ['fish', '.config/fish/config.fish', ['-i', '-c']],
  ]
  const isThere = (shell: string) => {
    try {
      execFileSync(shell, ['-c', ''], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }
  for (const [shell, name, args] of SHELLS) {
    const whereItIs = isThere(shell) ? test : test.skip
    whereItIs(
      `a new ${shell} has it; removed, the file is as it was`,
      async () => {
        const user = await newUser({ SHELL: `/usr/bin/${shell}` })
        const file = join(user.home, name)
        const before = "# mine\nalias ll='ls -l'"
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, before)
        const options = ['--private-domains', 'git.corp.example,*.x.example']
        const written = await user.write('profile', ...options)
        expect([written.code, written.stdout]).toEqual([0, expect.stringContaining(`${file}:\n`)])
        const ask = (what: string) =>
          new Promise<string>(resolve => {
            execFile(shell, [...args, what], { env: user.env, timeout: 60_000 }, (_, stdout) => resolve(stdout))
          })
        expect(await ask('echo "$GOPROXY $GOPRIVATE"')).toContain(
          `${user.proxy.url},direct git.corp.example,*.x.example\n`,
        )
        // In a shell that has them they are no settings of the user's.
        const command = `env "PATH=${user.env['PATH']}" "${process.execPath}" "${DIST}" env --write profile`
        const given = `--proxies ${user.proxy.url} ${options.join(' ').replace('*', "'*'")}`
        expect(await ask(`cd "${user.directory}"; ${command} ${given}`)).toContain(
          `${file}: nothing to change: it already has these settings.\n`,
        )
        await user.remove('profile')
        expect(readFileSync(file, 'utf8')).toBe(before)
      },
      30_000,
    )
  }
})

onPosix('what is never written', () => {
  test.each([
    ['go-env', '.config/go/env'],
    ['profile', '.profile'],
    ['dotenv:../home/x.env', 'x.env'],
  ])('%s takes no login', async (target, name) => {
    const user = await newUser({ GOPROXY: 'https://me:hunter2@127.0.0.1:1,direct' })
    const { code, stdout, stderr } = await user.play(['--write', target, '--benchmark', 'off'])
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/GOPROXY has a login.*\[ENV_WRITE_LOGIN\]/s)])
    expect(stderr).not.toContain('hunter2')
    expect(existsSync(join(user.home, name))).toBe(false)
  })

  test('for production nothing is said that is of this machine', async () => {
    const user = await newUser()
    const written = await user.write('go-env', '--for', 'production')
    expect([written.code, written.stderr]).toEqual([1, expect.stringContaining('[ENV_PRODUCTION_LOCAL]')])
    expect(existsSync(user.goEnv)).toBe(false)
    const printed = await user.play(['--for', 'production', '--proxies', user.proxy.url])
    expect([printed.code, printed.stdout]).toEqual([1, ''])
    const args = ['--for', 'production', '--benchmark', 'off', '--private-domains', 'git.corp.example']
    const { stdout } = await user.play([...args, '--format', 'dotenv'], { GOPROXY: 'https://proxy.example' })
    expect(stdout).toBe('GOPROXY=https://proxy.example\nGOPRIVATE=git.corp.example\nGOSUMDB=sum.golang.org\n')
  }, 30_000)

  test.each([
    [['--write', 'nowhere'], /It is go-env, profile, or dotenv/],
    [['--write', 'dotenv:-'], /It is go-env, profile, or dotenv/],
    [['--write', 'go-env', '--format', 'shell'], /--format.*cannot be used with|cannot be used with.*--format/],
    [['--write', 'go-env', '--remove', 'go-env'], /cannot be used with option/],
    [['--remove', 'go-env', '--for', 'production'], /cannot be used with option/],
    [['--for', 'staging'], /Allowed choices are development, production/],
    [['--write', 'go-env', '--report-file', '-'], /standard output/],
    [['--write'], /argument missing/],
  ])('%j is wrong usage', async (args, said) => {
    const user = await newUser()
    const { code, stdout, stderr } = await user.play(args)
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(said)])
  })
})
